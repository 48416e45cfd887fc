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
package io.cameldatabricks.testinfra.driver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A {@link DriverTest} about what the engine does rather than how it is told: in the default run over the Statement
 * Execution API only, over Thrift with the profile {@code soak}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("thrift-in-soak")
@ExtendWith(ThriftInSoak.Condition.class)
@interface ThriftInSoak {

    /** Leaves the tests out in the other mode. */
    class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            DriverMode wanted = Boolean.getBoolean("soak") ? DriverMode.THRIFT : DriverMode.SEA;
            return context.getTestInstance()
                    .map(test -> ((DriverTest) test).mode)
                    .filter(mode -> mode != null && mode != wanted)
                    .map(mode -> ConditionEvaluationResult.disabled("this time in " + wanted + " only"))
                    .orElse(ConditionEvaluationResult.enabled("in " + wanted));
        }
    }
}
