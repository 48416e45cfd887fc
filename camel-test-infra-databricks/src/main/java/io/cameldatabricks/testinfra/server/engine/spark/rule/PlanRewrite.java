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

import java.util.function.UnaryOperator;

import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/** A rewriting step for Spark's tree transformations; returning the node itself leaves it alone. */
public final class PlanRewrite<T> extends AbstractPartialFunction<T, T> {

    private final UnaryOperator<T> step;

    public PlanRewrite(UnaryOperator<T> step) {
        this.step = step;
    }

    @Override
    public boolean isDefinedAt(T node) {
        return true;
    }

    @Override
    public <A extends T, B> B applyOrElse(A node, Function1<A, B> otherwise) {
        T result = step.apply(node);
        @SuppressWarnings("unchecked") // B is a supertype of T by the contract of PartialFunction
        B answer = (B) result;
        return answer;
    }
}
