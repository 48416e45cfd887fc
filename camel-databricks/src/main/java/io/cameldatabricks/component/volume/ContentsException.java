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
package io.cameldatabricks.component.volume;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** What is to be sent could not be read; the network and the server have nothing to do with it. */
public final class ContentsException extends UncheckedIOException {

    @Serial
    private static final long serialVersionUID = 1L;

    public ContentsException(String message, IOException cause) {
        super(message, cause);
    }
}
