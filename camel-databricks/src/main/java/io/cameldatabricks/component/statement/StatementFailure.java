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
 * Why a statement failed. Immutable.
 *
 * @param errorCode such as TABLE_OR_VIEW_NOT_FOUND or BAD_REQUEST, or null
 * @param sqlState the five characters of the SQL standard, or null
 * @param message what of the server's text is harmless, or null: the text itself quotes SQL and literals, and this is
 *     stored and shown
 */
public record StatementFailure(String errorCode, String sqlState, String message) {

    @Override
    public String toString() {
        return "StatementFailure[errorCode=" + errorCode + ", sqlState=" + sqlState + "]";
    }
}
