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

import java.util.List;

import org.apache.camel.Exchange;

/** A program of its own, with the environment of its process: sends one message and prints how many rows came back. */
final class SendOnce {

    private SendOnce() {}

    public static void main(String[] uri) {
        try (RunningContext camel = new RunningContext()) {
            Exchange answer = camel.send(uri[0]);
            System.out.println(
                    answer.getException() != null
                            ? "failed: " + answer.getException().getMessage()
                            : "rows: " + answer.getMessage().getBody(List.class).size());
        }
        System.exit(0);
    }
}
