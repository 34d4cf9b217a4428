using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PartnerPortal.Data;
using PartnerPortal.Email;
using PartnerPortal.Tests.Support;

namespace PartnerPortal.Tests.Email;

/// <summary>Messages for tests of the outbox.</summary>
internal static class Mails
{
    public static readonly MailBrand Brand = new("Fernhill Partners", "https://partners.fernhill.test", null, "Fernhill Software, Aarhus");

    public static MailContent Content(string subject, string? secret = null) => new(subject, "A word before.",
    [
        new MailText("Hello Ærø — ¿qué tal?"),
        new MailButton("Open it", "https://partners.fernhill.test/a/very/long/address/" + new string('x', 120), "Open it here:"),
        .. secret is null ? Array.Empty<MailBlock>() : [new MailFacts([new MailFact("Password", secret, IsCode: true, IsSecret: true)])],
    ]);

    /// <summary>Puts messages into the outbox as a use case does.</summary>
    /// <returns>Their ids.</returns>
    public static async Task<List<long>> QueueAsync(this TestPortal portal, int count, string? secret = null, string kind = MailKinds.SecurityNotice, string address = "person{0}@example.test", string name = "Jürgen Ærlig")
    {
        var outbox = portal.Services.GetRequiredService<Outbox>();
        await using var work = await portal.Services.GetRequiredService<PortalDb>().BeginAsync();
        var messages = new List<OutboxMessage>();
        for (var i = 0; i < count; i++)
        {
            var to = new MailRecipient(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, i), name, "es");
            messages.Add(outbox.Add(work, kind, to, Brand, Content($"Añadido nº {i}", secret)));
        }

        await work.CommitAsync(default);
        return [.. messages.Select(m => m.Id)];
    }

    public static Task<OutboxMessage> MessageAsync(this TestPortal portal, long id) => portal.ReadAsync(db => db.OutboxMessages.SingleAsync(m => m.Id == id));

    public static Task<int> SendAsync(this TestPortal portal) => portal.Services.GetRequiredService<OutboxDispatcher>().ExecuteAsync(default);

    public static Dictionary<string, string> SmtpSettings(SmtpTestServer server, bool startTls = false, string user = "", string password = "", int timeout = 10) => new()
    {
        ["Mail:Transport"] = "Smtp",
        ["Mail:Host"] = "localhost",
        ["Mail:Port"] = server.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Mail:StartTls"] = startTls ? "true" : "false",
        ["Mail:User"] = user,
        ["Mail:Password"] = password,
        ["Mail:TimeoutSeconds"] = timeout.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
