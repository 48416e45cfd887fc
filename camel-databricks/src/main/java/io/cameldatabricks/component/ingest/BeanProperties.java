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
package io.cameldatabricks.component.ingest;

import java.beans.Introspector;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What can be read from the objects of a class: the components of a record in their order, the getters of a bean in the
 * order of their names. Immutable.
 */
final class BeanProperties {

    private static final ClassValue<BeanProperties> CACHE = new ClassValue<>() {
        @Override
        protected BeanProperties computeValue(Class<?> type) {
            return new BeanProperties(type.isRecord() ? components(type) : getters(type));
        }
    };

    private final Map<String, Method> byName;
    private final Map<String, Method> byKey = new LinkedHashMap<>();

    private BeanProperties(Map<String, Method> byName) {
        this.byName = byName;
        byName.forEach((name, method) -> byKey.putIfAbsent(key(name), method));
    }

    static BeanProperties of(Class<?> type) {
        return CACHE.get(type);
    }

    private static Map<String, Method> components(Class<?> type) {
        Map<String, Method> methods = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            if (component.getAccessor().trySetAccessible()) {
                methods.put(component.getName(), component.getAccessor());
            }
        }
        return methods;
    }

    private static Map<String, Method> getters(Class<?> type) {
        // the order of methods in a class is not defined
        Map<String, Method> methods = new TreeMap<>();
        for (Method method : type.getMethods()) {
            String property = property(method);
            if (property != null && method.trySetAccessible()) {
                methods.merge(property, method, (one, other) -> one.isBridge() ? other : one);
            }
        }
        return methods;
    }

    private static String property(Method method) {
        String name = method.getName();
        if (method.getParameterCount() > 0
                || Modifier.isStatic(method.getModifiers())
                || method.getDeclaringClass() == Object.class) {
            return null;
        }
        if (name.startsWith("get") && name.length() > 3 && method.getReturnType() != void.class) {
            return Introspector.decapitalize(name.substring(3));
        }
        return name.startsWith("is") && name.length() > 2 && method.getReturnType() == boolean.class
                ? Introspector.decapitalize(name.substring(2))
                : null;
    }

    /** As on the way back, when rows become objects: {@code order_id} belongs to {@code orderId}. */
    private static String key(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    boolean has(String column) {
        return byName.containsKey(column) || byKey.containsKey(key(column));
    }

    /**
     * @param column that the object {@linkplain #has has}
     * @throws BadRowException when it fails to give the value
     */
    Object value(Object bean, String column) {
        Method exact = byName.get(column);
        Method method = exact == null ? byKey.get(key(column)) : exact;
        try {
            return method.invoke(bean);
        } catch (InvocationTargetException e) {
            throw new BadRowException(
                    "the property for the column " + column + " cannot be read: "
                            + e.getCause().getClass().getName(),
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw new BadRowException("the property for the column " + column + " cannot be read", e);
        }
    }
}
