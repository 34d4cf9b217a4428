using System.Buffers;
using Microsoft.Extensions.Options;
using PartnerPortal.Features.Api;

namespace PartnerPortal.Features.Purchases.Stripe;

/// <summary>
/// <c>POST /webhooks/stripe</c>. 200 means that what the event tells is committed, or is of no interest; anything else lets Stripe send it again. Without a secret there is
/// nothing here.
/// </summary>
internal static class StripeEndpoint
{
    private static readonly ApiProblem TooLarge = ApiProblem.Of("body-too-large", 413, "The body is too large", "One event is below 1 MB.");

    public static async Task<IResult> Take(HttpContext context, IOptions<StripeOptions> options, TakeStripeEvent take, TimeProvider clock, ILogger<TakeStripeEvent> logger)
    {
        if (options.Value.WebhookSecret is not { Length: > 0 } secret)
        {
            return Results.NotFound();
        }

        var ct = context.RequestAborted;
        context.Response.Headers.CacheControl = "no-store";
        if (context.Request.ContentLength > StripeApi.BodyLimit || await ReadAsync(context.Request.Body, ct) is not { } body)
        {
            return ApiEndpoint.Problem(TooLarge);
        }

        switch (StripeSignature.Check(context.Request.Headers["Stripe-Signature"], body.Span, secret, clock.GetUtcNow()))
        {
            case SignatureProblem.Wrong:
                return ApiEndpoint.Problem(ApiProblem.Of("signature-wrong", 400, "The signature is missing or wrong", "Stripe-Signature must be made with the secret of this endpoint."));
            case SignatureProblem.OutOfTime:
                return ApiEndpoint.Problem(ApiProblem.Of("signature-too-old", 400, "The event was signed too long ago", "It is taken for 300 seconds; Stripe signs anew whenever it sends again."));
        }

        if (!StripeEvent.TryRead(body, out var fact, out var version))
        {
            return ApiEndpoint.Problem(ApiProblem.Of("malformed", 400, "The body cannot be read", $"It is no event as version {StripeApi.Version} has it."));
        }

        if (!StripeApi.Reads(version))
        {
            logger.LogWarning("Stripe sent an event of version {Version}; make the endpoint there with version {Wanted}", version, StripeApi.Version);
            return ApiEndpoint.Problem(ApiProblem.Of("version-unknown", 400, "Events of that version are not read", $"Make the endpoint at Stripe with version {StripeApi.Version}."));
        }

        if (fact is not null)
        {
            await take.ExecuteAsync(fact, ct);
        }

        return Results.Json(new { received = true, counted = fact is not null });
    }

    /// <returns>Null when it is larger than allowed.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream body, CancellationToken ct)
    {
        var read = new ArrayBufferWriter<byte>(16 * 1024);
        while (read.WrittenCount <= StripeApi.BodyLimit)
        {
            var count = await body.ReadAsync(read.GetMemory(16 * 1024), ct);
            if (count == 0)
            {
                return read.WrittenMemory;
            }

            read.Advance(count);
        }

        return null;
    }
}
