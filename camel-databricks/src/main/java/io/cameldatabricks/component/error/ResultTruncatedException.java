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
 * The statement succeeded, but a limit that is not the user's own rowLimit cut its rows, so that what is left is not the
 * result. The statement has run; to run it again gives the same.
 */
public final class ResultTruncatedException extends DatabricksException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ResultTruncatedException(String message, ErrorDetails details, Throwable cause) {
        super(message, details, cause);
    }
}
