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
package io.cameldatabricks.component.error;

import java.io.Serial;

/**
 * The wait for a statement was given up and the statement runs on. Do not send it again; its id says where its end and its
 * result are to be found.
 */
public class StatementDetachedException extends PermanentDatabricksException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StatementDetachedException(String message, ErrorDetails details, Throwable cause) {
        super(message, details, cause);
    }
}
