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
package io.cameldatabricks.testinfra;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A local warehouse for JUnit 5 tests:
 *
 * <pre>{@code
 * @RegisterExtension
 * static LocalWarehouse warehouse = LocalWarehouse.create();
 * }</pre>
 *
 * <p>It is there before the first test. One from {@link #create()} is shared with all test classes and modules of the
 * build; use table names that no other test class uses, and leave its clock alone. One from {@link #scripted()}, and any
 * with options that are not shared, is gone after the class that declares it.
 */
public final class LocalWarehouse extends LocalWarehouseProcess
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {

    private final List<Consumer<LocalWarehouse>> principals = new ArrayList<>();
    private String owner;

    private LocalWarehouse(WarehouseOptions options) {
        super(options);
    }

    /** Spark with Delta Lake, one for the whole build. */
    public static LocalWarehouse create() {
        return new LocalWarehouse(WarehouseOptions.spark().asShared());
    }

    /** Answers from scripts; one for the class. */
    public static LocalWarehouse scripted() {
        return new LocalWarehouse(WarehouseOptions.scripted());
    }

    public static LocalWarehouse create(WarehouseOptions options) {
        return new LocalWarehouse(options);
    }

    /**
     * Lets a service principal log in (OAuth, client credentials), from the start of the warehouse on.
     *
     * @param life how long each of its tokens is good, whole seconds
     * @return this warehouse
     */
    public LocalWarehouse withOAuth(String clientId, String secret, Duration life) {
        principals.add(warehouse -> warehouse.allowOAuth(clientId, secret, life));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        end(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end(context);
    }

    private void begin(ExtensionContext context) {
        if (owner == null) {
            start();
            principals.forEach(principal -> principal.accept(this));
            owner = context.getUniqueId();
        }
    }

    /** Only who began ends it, not a nested class or a single test. */
    private void end(ExtensionContext context) {
        if (context.getUniqueId().equals(owner)) {
            owner = null;
            close();
        }
    }
}
