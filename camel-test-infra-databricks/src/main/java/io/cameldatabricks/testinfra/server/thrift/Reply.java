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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a call answers, now or later, and what is to be done on this thread once the answer has been taken care of.
 *
 * @param answer never completes exceptionally but by a defect
 * @param then may take as long as a statement runs
 */
record Reply<R>(CompletionStage<R> answer, Runnable then) {

    static <R> Reply<R> of(R answer) {
        return new Reply<>(CompletableFuture.completedFuture(answer), () -> {});
    }
}
