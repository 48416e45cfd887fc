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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

import io.cameldatabricks.springboot.ComponentOptions.Option;

/**
 * Writes what follows from the options of the component: the class of properties, the converter of references to beans, and
 * the metadata for editors. Camel's own generator does this for Camel's own components only.
 */
final class StarterSources {

    private static final String PREFIX = "camel.component.databricks";
    private static final String PACKAGE = "io.cameldatabricks.springboot";
    private static final String CONFIGURATION = PACKAGE + ".DatabricksComponentConfiguration";
    private static final String HEAD = """
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
            package %s;

            """.formatted(PACKAGE);

    private static final Pattern QUALIFIED = Pattern.compile("([a-z][a-z0-9]*\\.)+([A-Z][A-Za-z0-9]*)");
    private static final Map<String, String> WRAPPERS =
            Map.of("boolean", "Boolean", "int", "Integer", "long", "Long", "double", "Double");
    private static final int WIDTH = 110;

    private final List<Option> options;

    StarterSources(List<Option> options) {
        this.options = options;
    }

    /** By the path within the module. */
    Map<Path, String> all() {
        Path java = Path.of("src", "generated", "java", "io", "cameldatabricks", "springboot");
        Path resources = Path.of("src", "generated", "resources", "META-INF");
        Map<Path, String> files = new LinkedHashMap<>();
        files.put(java.resolve("DatabricksComponentConfiguration.java"), configuration());
        files.put(java.resolve("DatabricksComponentConverter.java"), converter());
        files.put(resources.resolve("spring-configuration-metadata.json"), metadata());
        return files;
    }

    private String configuration() {
        Set<String> imports = new TreeSet<>(Set.of(
                "org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon",
                "org.springframework.boot.context.properties.ConfigurationProperties"));
        StringBuilder fields = new StringBuilder();
        StringBuilder methods = new StringBuilder();
        for (Option option : options) {
            String type = simple(type(option), imports);
            String capital = Character.toUpperCase(option.name().charAt(0))
                    + option.name().substring(1);
            fields.append("\n    /**\n")
                    .append(javadoc(option.description()))
                    .append("     */\n    private ")
                    .append(type)
                    .append(' ')
                    .append(option.name())
                    .append(";\n");
            methods.append(
                    "\n    public %s get%s() {\n        return %s;\n    }\n".formatted(type, capital, option.name()));
            methods.append("\n    public void set%1$s(%2$s %3$s) {\n        this.%3$s = %3$s;\n    }\n"
                    .formatted(capital, type, option.name()));
        }
        return HEAD + imports(imports) + """
                /**
                 * The options of the component. None has a default here: what is not set keeps the default of the component.
                 *
                 * <p>Generated from the component's metadata by StarterSourcesTest.
                 */
                @ConfigurationProperties(prefix = "%s")
                public class DatabricksComponentConfiguration extends ComponentConfigurationPropertiesCommon {
                """.formatted(PREFIX) + fields + methods + "}\n";
    }

    private String converter() {
        Set<String> imports = new TreeSet<>(Set.of(
                "java.util.LinkedHashSet",
                "java.util.Set",
                "org.springframework.boot.context.properties.ConfigurationPropertiesBinding",
                "org.springframework.context.ApplicationContext",
                "org.springframework.context.annotation.Configuration",
                "org.springframework.core.convert.TypeDescriptor",
                "org.springframework.core.convert.converter.GenericConverter",
                "org.springframework.stereotype.Component"));
        Set<String> pairs = new TreeSet<>();
        options.stream()
                .filter(option -> isBean(option))
                .forEach(option -> pairs.add(simple(option.javaType().replaceAll("<.*", ""), imports)));
        StringBuilder body = new StringBuilder();
        pairs.forEach(type -> body.append("        pairs.add(new ConvertiblePair(String.class, ")
                .append(type)
                .append(".class));\n"));
        return HEAD + imports(imports) + """
                /**
                 * Turns references such as {@code #name} and {@code #bean:name} into the beans that they name.
                 *
                 * <p>Generated from the component's metadata by StarterSourcesTest.
                 */
                @Configuration(proxyBeanMethods = false)
                @ConfigurationPropertiesBinding
                @Component
                public class DatabricksComponentConverter implements GenericConverter {

                    private final ApplicationContext applicationContext;

                    public DatabricksComponentConverter(ApplicationContext applicationContext) {
                        this.applicationContext = applicationContext;
                    }

                    @Override
                    public Set<ConvertiblePair> getConvertibleTypes() {
                        Set<ConvertiblePair> pairs = new LinkedHashSet<>();
                %s        return pairs;
                    }

                    @Override
                    public Object convert(Object source, TypeDescriptor sourceType, TypeDescriptor targetType) {
                        if (source == null) {
                            return null;
                        }
                        String reference = source.toString();
                        if (!reference.startsWith("#")) {
                            throw new IllegalArgumentException("A " + targetType.getType().getSimpleName()
                                    + " is given as a reference to a bean, such as #name, not as text.");
                        }
                        String name = reference.startsWith("#bean:") ? reference.substring(6) : reference.substring(1);
                        return applicationContext.getBean(name, targetType.getType());
                    }
                }
                """.formatted(body);
    }

    private String metadata() {
        JsonArray properties = new JsonArray();
        properties.add(property(
                "enabled", "java.lang.Boolean", "Whether the auto-configuration of the component is on.", true));
        properties.add(property(
                "customizer.enabled", "java.lang.Boolean", "Whether these options are given to the component.", true));
        JsonArray hints = new JsonArray();
        for (Option option : options) {
            String name = kebab(option.name());
            properties.add(property(name, type(option), option.description(), shown(option.defaultValue())));
            if (!option.values().isEmpty()) {
                JsonArray values = new JsonArray();
                option.values().forEach(value -> values.add(object("value", value)));
                JsonObject hint = object("name", PREFIX + "." + name);
                hint.put("values", values);
                hints.add(hint);
            }
        }
        JsonObject group = object("name", PREFIX);
        group.put("type", CONFIGURATION);
        group.put("sourceType", CONFIGURATION);
        JsonArray groups = new JsonArray();
        groups.add(group);
        JsonObject metadata = object("groups", groups);
        metadata.put("properties", properties);
        metadata.put("hints", hints);
        return Jsoner.prettyPrint(metadata.toJson(), 2) + "\n";
    }

    private static JsonObject property(String name, String type, String description, Object defaultValue) {
        JsonObject property = object("name", PREFIX + "." + name);
        property.put("type", type);
        property.put("description", description);
        property.put("sourceType", CONFIGURATION);
        if (defaultValue != null) {
            property.put("defaultValue", defaultValue);
        }
        return property;
    }

    private static JsonObject object(String key, Object value) {
        JsonObject object = new JsonObject();
        object.put(key, value);
        return object;
    }

    private static Object shown(Object defaultValue) {
        return defaultValue instanceof Number || defaultValue instanceof Boolean || defaultValue == null
                ? defaultValue
                : defaultValue.toString();
    }

    /** Options that hold something which cannot be written as text. */
    static boolean isBean(Option option) {
        return option.type().equals("object") && !option.javaType().startsWith("java.util.Map");
    }

    /** Of the property: an object, so that null says that nothing is set. */
    private static String type(Option option) {
        if (option.type().equals("duration")) {
            return "java.time.Duration";
        }
        String wrapper = WRAPPERS.get(option.javaType());
        return wrapper == null ? option.javaType() : "java.lang." + wrapper;
    }

    /** @param imports learns what has to be imported */
    private static String simple(String type, Set<String> imports) {
        Matcher matcher = QUALIFIED.matcher(type);
        while (matcher.find()) {
            if (!matcher.group().startsWith("java.lang.")) {
                imports.add(matcher.group());
            }
        }
        return QUALIFIED.matcher(type).replaceAll("$2").replace(",", ", ").replace(",  ", ", ");
    }

    private static String imports(Set<String> names) {
        StringBuilder imports = new StringBuilder();
        for (String root : List.of("java.", "javax.", "", "io.cameldatabricks.")) {
            List<String> ofRoot = new ArrayList<>(names);
            ofRoot.removeIf(name -> !rootOf(name).equals(root));
            ofRoot.forEach(name -> imports.append("import ").append(name).append(";\n"));
            if (!ofRoot.isEmpty()) {
                imports.append('\n');
            }
        }
        return imports.toString();
    }

    private static String rootOf(String name) {
        return List.of("java.", "javax.", "io.cameldatabricks.").stream()
                .filter(name::startsWith)
                .findFirst()
                .orElse("");
    }

    private static String javadoc(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder("     *");
        for (String word : text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("*/", "*&#47;")
                .replace("@", "&#64;")
                .split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder("     *");
            }
            line.append(' ').append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    /** As Spring writes the names of properties. */
    static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }
}
