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
package io.cameldatabricks.component.pool;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import com.databricks.jdbc.api.internal.IDatabricksConnectionInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A physical connection that asks before it ends its session. The driver ends the session with every close and has no word
 * for doing otherwise, so that its own mark of an open session is taken away before.
 */
final class SessionGuard implements InvocationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SessionGuard.class);
    private static final String MARK = "isSessionOpen";

    private final Connection physical;
    private final Set<BooleanSupplier> users = new CopyOnWriteArraySet<>();

    private SessionGuard(Connection physical) {
        this.physical = physical;
    }

    /** @return a connection that is also a {@link WarehouseSession} */
    static Connection around(Connection physical) {
        return (Connection) Proxy.newProxyInstance(
                SessionGuard.class.getClassLoader(),
                new Class<?>[] {Connection.class, WarehouseSession.class},
                new SessionGuard(physical));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        switch (method.getName()) {
            case "keepWhile" -> {
                users.add((BooleanSupplier) arguments[0]);
                return null;
            }
            case "close" -> {
                close();
                return null;
            }
            case "abort" -> {
                ((Executor) arguments[0]).execute(this::abort);
                return null;
            }
            case "equals" -> {
                return proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            case "unwrap" -> {
                if (((Class<?>) arguments[0]).isInstance(proxy)) {
                    return proxy;
                }
            }
            case "isWrapperFor" -> {
                if (((Class<?>) arguments[0]).isInstance(proxy)) {
                    return true;
                }
            }
            default -> {}
        }
        try {
            return method.invoke(physical, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void close() throws SQLException {
        if (users.stream().anyMatch(BooleanSupplier::getAsBoolean)) {
            LOG.debug("A connection closes, and its session stays open for the statements that run in it");
            closeWithoutSession(physical);
        } else {
            physical.close();
        }
    }

    private void abort() {
        try {
            close();
        } catch (SQLException | RuntimeException e) {
            LOG.debug("A connection could not be aborted", e);
        }
    }

    /** @return false when it could not be done, and the connection stays open rather than ending what runs in it */
    static boolean closeWithoutSession(Connection physical) {
        try {
            if (physical.isClosed()) {
                return true;
            }
            if (!mark(physical, false)) {
                return false;
            }
            physical.close();
            return true;
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The connection could not be closed", e);
            return false;
        }
    }

    /**
     * Has the driver take the session for open or for ended.
     *
     * @return false when it could not be done
     */
    static boolean mark(Connection physical, boolean open) {
        try {
            Object session =
                    physical.unwrap(IDatabricksConnectionInternal.class).getSession();
            Field mark = session.getClass().getDeclaredField(MARK);
            mark.setAccessible(true);
            synchronized (session) {
                mark.setBoolean(session, open);
            }
            return true;
        } catch (ReflectiveOperationException | SQLException | RuntimeException e) {
            LOG.warn("This version of the Databricks driver cannot close a connection without ending its statements;"
                    + " the connection stays open");
            LOG.debug("The session could not be parted from its connection", e);
            return false;
        }
    }
}
