package dev.frontdesk.customer.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

/**
 * What the other services hold about a number, read as the member of staff who asks: bodies and transcripts are on no
 * topic, so a person's record can only be fetched where it is kept.
 */
public interface ServiceRecords {

    @GET
    @Path("/api/bookings")
    Uni<JsonNode> bookings(
            @HeaderParam("Authorization") String token,
            @HeaderParam("X-Client-Id") String client,
            @QueryParam("phone") String phone,
            @QueryParam("cursor") String cursor);

    @GET
    @Path("/api/calls")
    Uni<JsonNode> calls(
            @HeaderParam("Authorization") String token,
            @HeaderParam("X-Client-Id") String client,
            @QueryParam("phone") String phone,
            @QueryParam("cursor") String cursor);

    /** With its transcript, which the list leaves out. */
    @GET
    @Path("/api/calls/{id}")
    Uni<JsonNode> call(
            @HeaderParam("Authorization") String token,
            @HeaderParam("X-Client-Id") String client,
            @PathParam("id") String id);

    @GET
    @Path("/api/sms/messages")
    Uni<JsonNode> texts(
            @HeaderParam("Authorization") String token,
            @HeaderParam("X-Client-Id") String client,
            @QueryParam("phone") String phone,
            @QueryParam("cursor") String cursor);
}
