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
package io.cameldatabricks.component.client.sea;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of a request that knows whether any of it was handed over to the network. The head goes first, so a request
 * whose body was never asked for has not reached the server in a form that could start anything. Once it was sealed
 * unsent, it stays so.
 */
final class TracedBody implements BodyPublisher, SealedBody {

    private enum State {
        OPEN,
        HANDED_OVER,
        SEALED
    }

    private final BodyPublisher bytes;
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    TracedBody(byte[] body) {
        bytes = BodyPublishers.ofByteArray(body);
    }

    @Override
    public boolean sealUnsent() {
        return state.compareAndSet(State.OPEN, State.SEALED) || state.get() == State.SEALED;
    }

    private boolean handOver() {
        return state.compareAndSet(State.OPEN, State.HANDED_OVER) || state.get() == State.HANDED_OVER;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        bytes.subscribe(new Flow.Subscriber<>() {
            private Flow.Subscription subscription;
            private boolean ended;

            @Override
            public void onSubscribe(Flow.Subscription newSubscription) {
                subscription = newSubscription;
                subscriber.onSubscribe(newSubscription);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                if (handOver()) {
                    subscriber.onNext(buffer);
                } else if (!ended) {
                    ended = true;
                    subscription.cancel();
                    subscriber.onError(new IOException("The call was given up before it was sent"));
                }
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                if (!ended) {
                    subscriber.onComplete();
                }
            }
        });
    }
}
