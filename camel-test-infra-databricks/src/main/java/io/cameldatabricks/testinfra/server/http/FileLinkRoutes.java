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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.cameldatabricks.testinfra.fault.CallKind;
import io.cameldatabricks.testinfra.server.fault.FaultTarget;
import io.cameldatabricks.testinfra.server.model.ServerClock;
import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;
import io.cameldatabricks.testinfra.server.volume.VolumeLinks;
import io.cameldatabricks.testinfra.server.volume.VolumeOperation;
import io.cameldatabricks.testinfra.server.volume.VolumePath;

/**
 * The store behind the links that PUT, GET and REMOVE of SQL give to their clients. A link is all one needs, for one
 * operation on one file and for a while; with another authorization it is refused, as the real stores do.
 */
final class FileLinkRoutes implements VolumeLinks {

    private static final String PREFIX = "/volume-files/";
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String XML = "application/xml";

    private final VolumeFiles files;
    private final FileTransfer transfer;
    private final ServerClock clock;
    private final LinkSigner signer;
    private volatile String base;

    FileLinkRoutes(VolumeFiles files, ServerClock clock, LinkSigner signer) {
        this.files = files;
        this.transfer = new FileTransfer(files);
        this.clock = clock;
        this.signer = signer;
    }

    /** @param address scheme, host and port, which are known only when the server listens */
    void base(String address) {
        base = address;
    }

    void addTo(Router router) {
        router.addStreaming(
                "PUT",
                PREFIX + "PUT",
                Router.Access.OPEN,
                CallKind.UPLOAD_FILE,
                target(VolumeOperation.Kind.PUT, CallKind.UPLOAD_FILE),
                call -> run(call, VolumeOperation.Kind.PUT));
        router.addBelow(
                "GET",
                PREFIX + "GET",
                Router.Access.OPEN,
                CallKind.DOWNLOAD_FILE,
                target(VolumeOperation.Kind.GET, CallKind.DOWNLOAD_FILE),
                call -> run(call, VolumeOperation.Kind.GET));
        router.addBelow(
                "DELETE",
                PREFIX + "REMOVE",
                Router.Access.OPEN,
                CallKind.MANAGE_FILES,
                target(VolumeOperation.Kind.REMOVE, CallKind.MANAGE_FILES),
                call -> run(call, VolumeOperation.Kind.REMOVE));
    }

    private static Router.Classifier target(VolumeOperation.Kind kind, CallKind callKind) {
        return call -> FaultTarget.ofFile(callKind, call.pathBelow(PREFIX + kind));
    }

    @Override
    public String link(VolumeOperation operation) {
        long expires = clock.instant().plus(LIFE).getEpochSecond();
        String query = "overwrite=" + operation.overwrite() + "&expires=" + expires + "&signature="
                + signature(operation, expires);
        String path = PathText.encode(operation.path().toString());
        return base + PREFIX + operation.kind() + path + "?" + query;
    }

    private String signature(VolumeOperation operation, long expires) {
        return signer.sign(operation.kind() + operation.path().toString(), operation.overwrite() ? 1 : 0, expires);
    }

    private void run(ApiCall call, VolumeOperation.Kind kind) throws IOException {
        try {
            boolean overwrite = Boolean.parseBoolean(call.queryValue("overwrite"));
            VolumePath path = VolumePath.parse(call.pathBelow(PREFIX + kind));
            String refusal = refusal(call, new VolumeOperation(kind, path, overwrite));
            if (refusal != null) {
                refuse(call, 403, "AccessDenied", refusal);
                return;
            }
            switch (kind) {
                case PUT -> {
                    transfer.receive(call, path, overwrite);
                    call.stream(200, 0, FileAnswer.BYTES, (out, count) -> {});
                }
                case GET -> transfer.send(call, path);
                case REMOVE -> {
                    files.delete(path);
                    call.noContent();
                }
            }
        } catch (VolumeException e) {
            refuse(call, FileAnswer.error(e).status(), e.reason().name(), e.getMessage());
        }
    }

    /** @return why the call is refused, or null */
    private String refusal(ApiCall call, VolumeOperation operation) {
        if (call.header("Authorization") != null) {
            return "Only one auth mechanism allowed";
        }
        String expires = call.queryValue("expires");
        String signature = call.queryValue("signature");
        if (expires == null || signature == null || !expires.matches("\\d{1,15}")) {
            return "Access Denied";
        }
        long second = Long.parseLong(expires);
        boolean good = java.security.MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8),
                signature(operation, second).getBytes(StandardCharsets.UTF_8));
        if (!good) {
            return "The signature does not match the request.";
        }
        return clock.instant().getEpochSecond() >= second ? "Request has expired" : null;
    }

    private static void refuse(ApiCall call, int status, String code, String message) {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                + "</Message></Error>";
        call.answer(status, xml.getBytes(StandardCharsets.UTF_8), XML);
    }
}
