// SPDX-License-Identifier: Apache-2.0
package dev.millrace.vitess;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import vtctldata.Vtctldata.ReloadSchemaKeyspaceRequest;
import vtctlservice.VtctldGrpc;

/**
 * A real Vitess. {@code VTGATE_GRPC} is its address as {@link VitessAddress#of} reads it, {@code VTGATE_JDBC} that of the same keyspace
 * for MariaDB's driver. Its vtctld is asked on the same port, as vttestserver has it, to read its schema again.
 */
public final class RealVitess implements VitessSite {
    private final String url;
    private final DataSource jdbc;

    private RealVitess(String url, String jdbc) {
        this.url = url;
        try {
            this.jdbc = new MariaDbDataSource(jdbc);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** How to name one. */
    public static final String HOW = "set VTGATE_GRPC and VTGATE_JDBC";

    /** Empty if there is none. */
    public static Optional<RealVitess> given() {
        String grpc = System.getenv("VTGATE_GRPC");
        String jdbc = System.getenv("VTGATE_JDBC");
        return grpc == null || jdbc == null ? Optional.empty() : Optional.of(new RealVitess(grpc, jdbc));
    }

    @Override
    public String url() {
        return url;
    }

    @Override
    public DataSource jdbc() {
        return jdbc;
    }

    @Override
    public void made(String table) {
        VitessAddress address = VitessAddress.of(url);
        ManagedChannel channel = ManagedChannelBuilder.forAddress(address.host(), address.port())
                .usePlaintext()
                .build();
        try {
            var unused = VtctldGrpc.newBlockingStub(channel)
                    .reloadSchemaKeyspace(ReloadSchemaKeyspaceRequest.newBuilder()
                            .setKeyspace(address.keyspace())
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void dropped(String table) {
        // The tablet sees it by itself.
    }

    @Override
    public int subscribers(String table) {
        return -1;
    }

    @Override
    public void restart() {
        // It is not ours.
    }

    @Override
    public void crash() {
        // It is not ours.
    }

    @Override
    public void close() {
        // It is not ours.
    }
}
