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
package io.cameldatabricks.component.body;

import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.apache.camel.Exchange;

import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.result.Column;
import io.cameldatabricks.component.result.Row;
import io.cameldatabricks.component.result.RowSchema;

/**
 * Makes objects of a class of rows of one result: records by their components, beans by their setters. A column belongs to
 * the property of the same name, whatever the letter case and underscores: {@code order_id} to {@code orderId}. Columns
 * without a property are left out, properties without a column keep what the class gives them; a record needs all. For one thread.
 */
final class RowBeans implements Function<Row, Object> {

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final Class<?> type;
    private final String statementId;
    private final Exchange exchange;
    private final Shape shape;
    private Property[] properties;

    /**
     * @param exchange for the type converters
     * @throws PermanentDatabricksException when no object of the class can be made
     */
    RowBeans(Class<?> type, String statementId, Exchange exchange) {
        this.type = type;
        this.statementId = statementId;
        this.exchange = exchange;
        this.shape = SHAPES.get(type);
        if (shape.constructor == null) {
            throw failure("it is no record and has no public constructor without arguments", null);
        }
    }

    /**
     * @param name as the class writes it
     * @param type of the value
     * @param setter null for the component of a record
     * @param position of a record's component
     */
    private record Property(String name, Class<?> type, Method setter, int position) {}

    /** What is known of a class. */
    private record Shape(Constructor<?> constructor, boolean isRecord, Map<String, Property> properties) {

        static Shape of(Class<?> type) {
            Map<String, Property> properties = new LinkedHashMap<>();
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                Class<?>[] types = new Class<?>[components.length];
                for (int i = 0; i < components.length; i++) {
                    types[i] = components[i].getType();
                    properties.put(
                            key(components[i].getName()), new Property(components[i].getName(), types[i], null, i));
                }
                return new Shape(constructor(type, types), true, properties);
            }
            for (Method method : type.getMethods()) {
                String name = method.getName();
                if (name.startsWith("set")
                        && name.length() > 3
                        && method.getParameterCount() == 1
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isBridge()) {
                    Property property = new Property(
                            Introspector.decapitalize(name.substring(3)), method.getParameterTypes()[0], method, -1);
                    properties.merge(key(property.name), property, Shape::preferred);
                }
            }
            return new Shape(constructor(type), false, properties);
        }

        /** Of two setters the one of the property's own type, which its getter tells. */
        private static Property preferred(Property one, Property other) {
            try {
                Class<?> declared = one.setter
                        .getDeclaringClass()
                        .getMethod("get" + one.setter.getName().substring(3))
                        .getReturnType();
                return other.type == declared ? other : one;
            } catch (NoSuchMethodException e) {
                return one;
            }
        }

        private static Constructor<?> constructor(Class<?> type, Class<?>... arguments) {
            try {
                Constructor<?> constructor = type.getDeclaredConstructor(arguments);
                boolean usable = !Modifier.isAbstract(type.getModifiers())
                        && (type.isRecord() || Modifier.isPublic(constructor.getModifiers()))
                        && constructor.trySetAccessible();
                return usable ? constructor : null;
            } catch (NoSuchMethodException e) {
                return null;
            }
        }
    }

    private static String key(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    @Override
    public Object apply(Row row) {
        if (properties == null) {
            properties = properties(row.schema());
        }
        return shape.isRecord ? newRecord(row) : newBean(row);
    }

    /** By column; null for a column without a property. */
    private Property[] properties(RowSchema schema) {
        Property[] byColumn = schema.names().stream()
                .map(name -> shape.properties.get(key(name)))
                .toArray(Property[]::new);
        List<Property> found = Arrays.asList(byColumn);
        for (int i = 0; i < byColumn.length; i++) {
            int other = byColumn[i] == null ? i : found.lastIndexOf(byColumn[i]);
            if (other != i) {
                throw failure(
                        "the columns " + schema.names().get(i) + " and "
                                + schema.names().get(other) + " both belong to " + byColumn[i].name,
                        null);
            }
        }
        List<String> missing = new ArrayList<>();
        shape.properties.values().stream()
                .filter(property -> !found.contains(property))
                .forEach(property -> missing.add(property.name));
        if (shape.isRecord && !missing.isEmpty()) {
            throw failure("the result has no column for " + missing + ", only " + schema.names(), null);
        }
        if (missing.size() == shape.properties.size()) {
            throw failure("no column of the result belongs to a property of it: " + schema.names(), null);
        }
        return byColumn;
    }

    private Object newRecord(Row row) {
        Object[] arguments = new Object[shape.properties.size()];
        for (int i = 0; i < properties.length; i++) {
            if (properties[i] != null) {
                arguments[properties[i].position] = value(row, i);
            }
        }
        try {
            return shape.constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw failure("its constructor refused the values", e.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw failure("it cannot be made", e);
        }
    }

    private Object newBean(Row row) {
        Object bean;
        try {
            bean = shape.constructor.newInstance();
        } catch (InvocationTargetException e) {
            throw failure("its constructor failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw failure("it cannot be made", e);
        }
        for (int i = 0; i < properties.length; i++) {
            if (properties[i] == null) {
                continue;
            }
            Object value = value(row, i);
            try {
                properties[i].setter.invoke(bean, value);
            } catch (InvocationTargetException e) {
                throw failure("its setter refused the value of column " + describe(row.schema(), i), e.getCause());
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                throw failure("its setter cannot be called for column " + describe(row.schema(), i), e);
            }
        }
        return bean;
    }

    private Object value(Row row, int column) {
        Object value = row.value(column);
        Class<?> wanted = properties[column].type;
        if (value == null) {
            if (wanted.isPrimitive()) {
                throw failure(
                        "column " + describe(row.schema(), column) + " is NULL, which a " + wanted + " cannot be",
                        null);
            }
            return null;
        }
        Object converted = PropertyValues.convert(exchange, value, wanted);
        if (converted == null) {
            throw failure(
                    "column " + describe(row.schema(), column) + " cannot become a " + wanted.getName()
                            + " for its property " + properties[column].name,
                    null);
        }
        return converted;
    }

    private static String describe(RowSchema schema, int column) {
        Column described = schema.columns().get(column);
        return described.name() + " (" + described.type() + ")";
    }

    private PermanentDatabricksException failure(String why, Throwable cause) {
        return new PermanentDatabricksException(
                "A row cannot become a " + type.getName() + " (outputClass): " + why,
                new ErrorDetails(statementId, "SUCCEEDED", null, null, null),
                cause);
    }
}
