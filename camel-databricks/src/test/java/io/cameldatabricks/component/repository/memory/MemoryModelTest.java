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
package io.cameldatabricks.component.repository.memory;

import java.time.Duration;
import java.util.List;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import io.cameldatabricks.component.repository.RepositoryModelProperties;
import io.cameldatabricks.component.repository.StatementHandleRepository;

class MemoryModelTest extends RepositoryModelProperties {

    private SettableClock clock;

    @Property(tries = 3000)
    void shouldDoWhatTheModelDoes(@ForAll("sequences") List<Step> steps) {
        shouldAnswerAsTheModel(steps);
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        return anySequence(1);
    }

    @Override
    protected StatementHandleRepository create() {
        clock = new SettableClock();
        return new MemoryStatementHandleRepository(clock);
    }

    @Override
    protected StatementHandleRepository reopen(StatementHandleRepository before) {
        // the nodes crash; the memory that they share does not
        return before;
    }

    @Override
    protected void advance(Duration time) {
        clock.advance(time);
    }
}
