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
package io.cameldatabricks.component;

import java.util.LinkedHashMap;
import java.util.Map;

import io.cameldatabricks.component.statement.QueryTags;

/**
 * Reads query tags from options and text. Stateless.
 */
final class TagSettings {

    private TagSettings() {}

    /** @throws IllegalArgumentException as {@link #of(DatabricksStatementOptions)}, or when two options give tags */
    static void check(DatabricksStatementOptions options, DatabricksWorkspaceOptions workspace) {
        of(options);
        boolean ofSession =
                workspace.getSessionConfiguration().keySet().stream().anyMatch("QUERY_TAGS"::equalsIgnoreCase);
        if (ofSession && (options.getQueryTags() != null || options.isAutoTags() || options.isPassTraceparent())) {
            String other = options.getQueryTags() != null ? "queryTags" : "passTraceparent";
            throw new IllegalArgumentException("Both sessionConfiguration.QUERY_TAGS and "
                    + (options.isAutoTags() ? "autoTags" : other)
                    + " are given: use queryTags for all of them.");
        }
    }

    /**
     * @throws IllegalArgumentException when the option holds no tags, or too many
     */
    static QueryTags of(DatabricksStatementOptions options) {
        return options.getQueryTags() == null
                ? QueryTags.none()
                : OptionText.explained("The option queryTags is malformed", () -> parse(options.getQueryTags()));
    }

    /**
     * @param text such as {@code team=blue,dry-run}
     * @throws IllegalArgumentException when it holds no tags, or too many
     */
    static QueryTags parse(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (tags.containsKey(key)) {
                throw new IllegalArgumentException("the tag " + key + " is given twice");
            }
            tags.put(key, equals < 0 ? null : part.substring(equals + 1).strip());
        }
        return QueryTags.of(tags);
    }
}
