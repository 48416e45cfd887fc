/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.component.client.sea;

import java.io.IOException;

import com.databricks.sdk.core.utils.SerDeUtils;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * JSON as the API speaks it. Requests are written from the models of databricks-sdk-java; answers are read as trees,
 * because those models turn a state or an error code that they do not know into null.
 */
public final class SeaJson {

    private static final ObjectMapper REQUESTS = SerDeUtils.createMapper();
    private static final ObjectMapper ANSWERS =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SeaJson() {}

    static byte[] write(ExecuteStatementRequest request) {
        try {
            return REQUESTS.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            // its message would quote the statement
            throw new IllegalStateException("The request cannot be written as JSON");
        }
    }

    /** @return the object, or a missing node when it is no JSON object */
    public static JsonNode readOrMissing(byte[] body) {
        try {
            JsonNode node = ANSWERS.readTree(body);
            return node != null && node.isObject() ? node : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }
}
