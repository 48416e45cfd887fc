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
package io.cameldatabricks.component.statement;

/**
 * Why a statement failed, in the words of the server. Immutable. The message may quote the SQL text and its literals, so
 * {@link #toString()} leaves it out.
 *
 * @param errorCode such as BAD_REQUEST, or null
 * @param sqlState the five characters of the SQL standard, or null
 * @param message the server's text, or null
 */
public record StatementFailure(String errorCode, String sqlState, String message) {

    @Override
    public String toString() {
        return "StatementFailure[errorCode=" + errorCode + ", sqlState=" + sqlState + "]";
    }
}
