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
package io.cameldatabricks.component;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

import io.cameldatabricks.component.thread.ThreadSource;

/** Threads of a Camel context, which shows them to people. Safe for many threads. */
record CamelThreads(CamelContext context) implements ThreadSource {

    private static final long STOP_TIMEOUT_MS = 5_000;

    CamelThreads {
        Objects.requireNonNull(context);
    }

    @Override
    public ExecutorService pool(Object owner, String name, int size) {
        ThreadPoolProfile profile = profile(name, size);
        profile.setKeepAliveTime(30L);
        profile.setAllowCoreThreadTimeOut(true);
        return context.getExecutorServiceManager().newThreadPool(owner, name, profile);
    }

    @Override
    public ScheduledExecutorService timer(Object owner, String name, int size) {
        return context.getExecutorServiceManager().newScheduledThreadPool(owner, name, profile(name, size));
    }

    @Override
    public ExecutorService threadForEach(Object owner, String name) {
        return context.getExecutorServiceManager().newCachedThreadPool(owner, name);
    }

    private static ThreadPoolProfile profile(String name, int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        // zero and less make a pool of Camel run on the calling thread what finds no free one
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        // Camel's default drops in silence what comes after the end of the pool, and somebody would wait for it for
        // ever
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    @Override
    public void end(ExecutorService threads) {
        context.getExecutorServiceManager().shutdownGraceful(threads, STOP_TIMEOUT_MS);
    }

    @Override
    public List<Runnable> endNow(ExecutorService threads) {
        return context.getExecutorServiceManager().shutdownNow(threads);
    }
}
