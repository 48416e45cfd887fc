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
package io.cameldatabricks.testinfra.server.thrift;

import java.util.List;
import java.util.stream.Collectors;

/** What GetTypeInfo tells; a table of constants. */
final class TypeInfo {

    private static final List<String> ROWS = List.of(
            "'BOOLEAN', 16, 1, NULL, NULL, NULL, 1, false, 2, NULL, false, NULL, 'BOOLEAN', NULL, NULL, 16, NULL, NULL",
            "'TINYINT', -6, 3, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'TINYINT', 0, 0, -6, NULL, 10",
            "'SMALLINT', 5, 5, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'SMALLINT', 0, 0, 5, NULL, 10",
            "'INT', 4, 10, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'INT', 0, 0, 4, NULL, 10",
            "'BIGINT', -5, 19, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'BIGINT', 0, 0, -5, NULL, 10",
            "'FLOAT', 6, 7, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'FLOAT', NULL, NULL, 6, NULL, 2",
            "'DOUBLE', 8, 15, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'DOUBLE', NULL, NULL, 8, NULL, 2",
            "'DECIMAL', 3, 38, NULL, NULL, NULL, 1, false, 2, false, false, NULL, 'DECIMAL', 0, 38, 3, NULL, 10",
            "'STRING', 12, NULL, '\\'', '\\'', NULL, 1, true, 3, NULL, false, NULL, 'STRING', NULL, NULL, 12, NULL, NULL",
            "'BINARY', -2, NULL, 'X\\'', '\\'', NULL, 1, false, 0, NULL, false, NULL, 'BINARY', NULL, NULL, -2, NULL, NULL",
            "'DATE', 91, 10, '\\'', '\\'', NULL, 1, false, 3, NULL, false, NULL, 'DATE', NULL, NULL, 91, 1, NULL",
            "'TIMESTAMP', 93, 29, '\\'', '\\'', NULL, 1, false, 3, NULL, false, NULL, 'TIMESTAMP', 0, 9, 93, 3, NULL",
            "'ARRAY', 2003, NULL, NULL, NULL, NULL, 1, false, 0, NULL, false, NULL, 'ARRAY', NULL, NULL, 2003, NULL, NULL",
            "'MAP', 2000, NULL, NULL, NULL, NULL, 1, false, 0, NULL, false, NULL, 'MAP', NULL, NULL, 2000, NULL, NULL",
            "'STRUCT', 2002, NULL, NULL, NULL, NULL, 1, false, 0, NULL, false, NULL, 'STRUCT', NULL, NULL, 2002, NULL, NULL");

    private TypeInfo() {}

    /** Strings all but the numbers that the columns below say. */
    static MetadataStatement statement() {
        String values = ROWS.stream().map(row -> "(" + row + ")").collect(Collectors.joining(", "));
        return new MetadataStatement(
                "SELECT * FROM VALUES " + values,
                MetadataRows.of("TYPE_NAME DATA_TYPE:INT PRECISION:INT LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS"
                        + " NULLABLE:INT CASE_SENSITIVE SEARCHABLE:INT UNSIGNED_ATTRIBUTE FIXED_PREC_SCALE"
                        + " AUTO_INCREMENT LOCAL_TYPE_NAME MINIMUM_SCALE:INT MAXIMUM_SCALE:INT SQL_DATA_TYPE:INT"
                        + " SQL_DATETIME_SUB:INT NUM_PREC_RADIX:INT"));
    }
}
