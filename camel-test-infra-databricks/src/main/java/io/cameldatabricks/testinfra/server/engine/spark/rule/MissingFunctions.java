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
package io.cameldatabricks.testinfra.server.engine.spark.rule;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.cameldatabricks.testinfra.server.engine.spark.failure.LocalFailure;

/** Functions of Databricks that need services which a local warehouse has not. */
final class MissingFunctions {

    private static final Set<String> NAMES = Set.of(
            "ai_analyze_sentiment",
            "ai_classify",
            "ai_extract",
            "ai_fix_grammar",
            "ai_forecast",
            "ai_gen",
            "ai_generate_text",
            "ai_mask",
            "ai_parse_document",
            "ai_query",
            "ai_similarity",
            "ai_summarize",
            "ai_translate",
            "http_request",
            "is_account_group_member",
            "is_member",
            "remote_query",
            "secret",
            "try_secret",
            "vector_search");

    private MissingFunctions() {}

    static void refuse(List<String> name) {
        if (name.size() == 1 && NAMES.contains(name.get(0).toLowerCase(Locale.ROOT))) {
            throw LocalFailure.unsupported("Function " + name.get(0));
        }
    }
}
