using PartnerPortal.Features.Events;
using PartnerPortal.Features.Webhooks;

namespace PartnerPortal.Tests.Features.Webhooks;

public sealed class WebhookRulesTests
{
    /// <summary>The example of the specification (standard-webhooks, "Verifying signatures").</summary>
    [Fact]
    public void Sign_ExampleOfTheSpecification_IsItsSignature() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSecret.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""));

    [Fact]
    public void New_Secrets_AreLongAndDiffer()
    {
        var secrets = Enumerable.Range(0, 20).Select(_ => WebhookSecret.New()).ToList();

        Assert.Equal(20, secrets.Distinct().Count());
        Assert.All(secrets, s => Assert.Equal(32, Convert.FromBase64String(s["whsec_".Length..]).Length));
    }

    [Fact]
    public void Next_AllAttempts_TakeThreeDaysAndGrow()
    {
        foreach (var jitter in new[] { 0.0, 1.0 })
        {
            var (start, pauses) = (DateTime.UnixEpoch, new List<TimeSpan>());
            var now = start;
            for (var failed = 1; WebhookRetries.Next(failed, now, jitter) is { } next; failed++)
            {
                pauses.Add(next - now);
                now = next;
            }

            Assert.Equal(WebhookRetries.Attempts - 1, pauses.Count);
            Assert.Equal(pauses.Order(), pauses);
            Assert.InRange((now - start).TotalDays, 2.8, 3.2);
        }

        Assert.NotEqual(WebhookRetries.Next(3, DateTime.UnixEpoch, 0.1), WebhookRetries.Next(3, DateTime.UnixEpoch, 0.9));
    }

    [Fact]
    public void Kinds_OfPartners_AreSomeOfAll()
    {
        Assert.Equal(EventKinds.All.Count, EventKinds.All.Distinct().Count());
        Assert.Equal(["client.registered", "partner.applied", "partner.rejected", "partner.group_changed"], EventKinds.All.Except(EventKinds.OfPartners));
        Assert.True(string.Join(' ', EventKinds.All).Length <= 1000);
    }
}
