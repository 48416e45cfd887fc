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
package io.cameldatabricks.springboot;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import io.cameldatabricks.component.DatabricksComponent;
import io.cameldatabricks.component.DatabricksPoolOptions;
import io.cameldatabricks.springboot.ComponentOptions.Option;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written under {@code camel.component.databricks} reaches the component, and what is not written changes nothing. */
class ComponentPropertiesTest {

    private static final String PREFIX = "camel.component.databricks.";

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CamelAutoConfiguration.class,
                    DatabricksComponentConverter.class,
                    DatabricksComponentAutoConfiguration.class));

    private static DatabricksComponent component(ApplicationContext context) {
        return context.getBean(CamelContext.class).getComponent("databricks", DatabricksComponent.class);
    }

    private static Object value(DatabricksComponent component, String option) {
        return ((PropertyConfigurerGetter) component.getComponentPropertyConfigurer())
                .getOptionValue(component, option, false);
    }

    @Test
    void shouldHaveAPropertyForEveryOptionAndNoOther() {
        TreeSet<String> options =
                ComponentOptions.all().stream().map(Option::name).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> properties = Arrays.stream(DatabricksComponentConfiguration.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .map(java.lang.reflect.Field::getName)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(properties).isEqualTo(options).hasSizeGreaterThan(90);
    }

    @Test
    void shouldGiveEveryOptionToTheComponent() throws Exception {
        List<String> values = new ArrayList<>();
        Map<String, Object> expected = new LinkedHashMap<>();
        Map<String, Object> beans = new LinkedHashMap<>();
        for (Option option : ComponentOptions.all()) {
            String property = PREFIX + StarterSources.kebab(option.name());
            if (option.javaType().startsWith("java.util.Map")) {
                values.add(property + ".EnableLog=1");
                expected.put(option.name(), Map.of("EnableLog", "1"));
            } else if (StarterSources.isBean(option)) {
                Object bean = bean(option);
                beans.put(option.name(), bean);
                values.add(property + "=#" + option.name());
                expected.put(option.name(), bean);
            } else {
                String text = other(option);
                values.add(property + "=" + text);
                expected.put(option.name(), option.type().equals("duration") ? "123000" : text);
            }
        }

        ApplicationContextRunner all = runner.withPropertyValues(values.toArray(String[]::new));
        for (Map.Entry<String, Object> bean : beans.entrySet()) {
            all = withBean(all, bean.getKey(), bean.getValue());
        }
        all.run(context -> {
            assertThat(context).hasNotFailed();
            DatabricksComponent component = component(context);
            expected.forEach((option, value) -> {
                Object actual = value(component, option);
                if (value instanceof String) {
                    assertThat(String.valueOf(actual)).as(option).isEqualTo(value);
                } else if (value instanceof Map<?, ?> map) {
                    assertThat((Map<?, ?>) actual).as(option).hasToString(map.toString());
                } else {
                    assertThat(actual).as(option).isSameAs(value);
                }
            });
        });
    }

    @SuppressWarnings("unchecked")
    private static <T> ApplicationContextRunner withBean(ApplicationContextRunner runner, String name, T bean) {
        return runner.withBean(name, (Class<T>) bean.getClass(), () -> bean);
    }

    private static Object bean(Option option) throws ReflectiveOperationException {
        Class<?> type = Class.forName(option.javaType().replaceAll("<.*", ""));
        return type.isInterface()
                ? Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(proxy);
                            case "equals" -> proxy == arguments[0];
                            case "toString" -> option.name();
                            default -> null;
                        })
                : type.getConstructor().newInstance();
    }

    /** @return a value that is not the default */
    private static String other(Option option) {
        return switch (option.type()) {
            case "boolean" -> String.valueOf(!Boolean.parseBoolean(String.valueOf(option.defaultValue())));
            case "integer" -> "17";
            case "number" -> "0.17";
            case "duration" -> "123s";
            case "enum" ->
                option.values().stream()
                        .filter(value -> !value.equals(String.valueOf(option.defaultValue())))
                        .findFirst()
                        .orElseThrow();
            default -> "text of " + option.name();
        };
    }

    @Test
    void shouldLeaveTheDefaultsToTheComponent() {
        DatabricksComponent plain = new DatabricksComponent();

        runner.run(context -> {
            DatabricksComponent component = component(context);
            for (Option option : ComponentOptions.all()) {
                if (!StarterSources.isBean(option)) {
                    assertThat(value(component, option.name()))
                            .as(option.name())
                            .isEqualTo(((PropertyConfigurerGetter) component.getComponentPropertyConfigurer())
                                    .getOptionValue(plain, option.name(), false));
                }
            }
        });
    }

    @Test
    void shouldSetSingleOptionsOnTopOfABeanForTheirGroup() {
        DatabricksPoolOptions pool = new DatabricksPoolOptions();
        pool.setMaxPoolSize(3);
        pool.setMinIdle(2);

        runner.withBean("myPool", DatabricksPoolOptions.class, () -> pool)
                .withPropertyValues(PREFIX + "pool=#bean:myPool", PREFIX + "max-pool-size=5")
                .run(context -> {
                    assertThat(component(context).getPool()).isSameAs(pool);
                    assertThat(pool.getMaxPoolSize()).isEqualTo(5);
                    assertThat(pool.getMinIdle()).isEqualTo(2);
                });
    }

    @Test
    void shouldLeaveAComponentOfAnotherNameAsItIs() {
        DatabricksComponent archive = new DatabricksComponent();
        archive.getWorkspace().setHost("archive.example.com");

        runner.withBean("archive", DatabricksComponent.class, () -> archive)
                .withPropertyValues(PREFIX + "host=sales.example.com", PREFIX + "max-pool-size=5")
                .run(context -> {
                    CamelContext camel = context.getBean(CamelContext.class);
                    assertThat(camel.getComponent("archive")).isSameAs(archive);
                    assertThat(archive.getWorkspace().getHost()).isEqualTo("archive.example.com");
                    assertThat(archive.getPool().getMaxPoolSize())
                            .isEqualTo(new DatabricksPoolOptions().getMaxPoolSize());
                    assertThat(value(component(context), "host")).isEqualTo("sales.example.com");
                });
    }

    @Test
    void shouldSayThatABeanIsGivenByReference() {
        runner.withPropertyValues(PREFIX + "token-source=abc").run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("A TokenSource is given as a reference to a bean, such as #name"));
    }

    @Test
    void shouldBeSwitchedOff() {
        runner.withPropertyValues(PREFIX + "enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(DatabricksComponentAutoConfiguration.class));
        runner.withPropertyValues(PREFIX + "customizer.enabled=false", PREFIX + "host=h")
                .run(context -> assertThat(value(component(context), "host")).isNull());
    }
}
