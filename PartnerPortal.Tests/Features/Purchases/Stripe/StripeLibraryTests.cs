using System.Net;
using System.Text.Json;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Features.Purchases.Stripe;

/// <summary>What Stripe's own library signs is taken, and what the tests send is what it knows.</summary>
public sealed class StripeLibraryTests
{
    [NpmFact]
    public async Task Post_SignedByTheLibrary_IsTaken()
    {
        var library = await NpmFolder.InstallAsync(".ci/stripe");
        await using var scene = await StripeScene.StartAsync();
        var now = scene.Portal.Clock.GetUtcNow().ToUnixTimeSeconds();
        var good = StripeEvents.Session("pi_1", scene.Buyer with { Email = "жак@example.test" });
        (string Payload, string Secret, long Timestamp)[] told =
        [
            (good, StripeScene.Secret, now), (good, StripeScene.Secret, now - 300), (good, StripeScene.Secret, now - 301), (good, "whsec_another_secret_of_a_test", now),
        ];

        var lines = string.Join('\n', told.Select(t => JsonSerializer.Serialize(new { payload = t.Payload, secret = t.Secret, timestamp = t.Timestamp })));
        var signatures = (await library.RunAsync("node", ["sign.mjs"], lines)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(4, signatures.Length);
        Assert.Equal((HttpStatusCode.OK, ""), await scene.PostAsync(told[0].Payload, signatures[0]));
        Assert.Equal((HttpStatusCode.OK, ""), await scene.PostAsync(told[1].Payload, signatures[1]));
        Assert.Equal((HttpStatusCode.BadRequest, "signature-too-old"), await scene.PostAsync(told[2].Payload, signatures[2]));
        Assert.Equal((HttpStatusCode.BadRequest, "signature-wrong"), await scene.PostAsync(told[3].Payload, signatures[3]));
        Assert.Equal(1, await scene.PurchasesAsync());
    }

    [NpmFact]
    public async Task Events_OfTheTests_FitTheLibrarysTypes()
    {
        var library = await NpmFolder.InstallAsync(".ci/stripe");
        var fixtures = StripeEvents.Kinds().Select((k, i) => $"export const e{i}: Told<Stripe.{k.Type}> = {k.Json};");
        await library.WriteAsync("events.mts", "import type { Stripe, Told } from './told.mjs';\n" + string.Join('\n', fixtures));

        await library.RunAsync("node", ["node_modules/typescript/bin/tsc", "--noEmit", "--strict", "--skipLibCheck", "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "node", "events.mts"]);
    }

    [NpmFact]
    public async Task Version_IsTheLibrarys()
    {
        var library = await NpmFolder.InstallAsync(".ci/stripe");

        var version = await library.RunAsync("node", ["--input-type=module", "--eval", "import { ApiVersion } from './node_modules/stripe/esm/apiVersion.js'; console.log(ApiVersion);"]);

        Assert.Equal(PartnerPortal.Features.Purchases.Stripe.StripeApi.Version, version.Trim());
    }
}
