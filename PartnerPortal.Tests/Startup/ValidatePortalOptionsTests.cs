using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Startup;

namespace PartnerPortal.Tests.Startup;

public sealed class ValidatePortalOptionsTests
{
    [Theory]
    [InlineData("Oracle", "", "x", "Database:Provider is 'Oracle'. Set it to Sqlite or Postgres.")]
    [InlineData("Postgres", "", "x", "Database:ConnectionString is empty")]
    [InlineData("Sqlite", "", "", "Database:File is empty")]
    [InlineData("sqlite", "", "x.db", null)]
    [InlineData("POSTGRES", "Host=h", "", null)]
    public void Validate_Database_SaysWhatToDo(string provider, string connection, string file, string? expected) =>
        Expect(expected, Validator("Production").Validate(null, new DatabaseOptions { Provider = provider, ConnectionString = connection, File = file }).FailureMessage);

    [Theory]
    [InlineData("Production", "", false, "Portal:PublicUrl is empty")]
    [InlineData("Production", "partners.example.com", false, "Portal:PublicUrl is 'partners.example.com'")]
    [InlineData("Production", "https://p.example.com/?x=1", false, "Set it to the address people open")]
    [InlineData("Production", "https://p.example.com", true, "Portal:Demo is on outside Development")]
    [InlineData("Production", "https://p.example.com", false, null)]
    [InlineData("Development", "", true, null)]
    public void Validate_Portal_SaysWhatToDo(string environment, string url, bool demo, string? expected) =>
        Expect(expected, Validator(environment).Validate(null, new PortalOptions { PublicUrl = url, Demo = demo }).FailureMessage);

    [Theory]
    [InlineData("", "", "", true, 587, "Mail:Transport is not set")]
    [InlineData("Pigeon", "", "", true, 587, "Mail:Transport is 'Pigeon'")]
    [InlineData("Smtp", "", "", true, 587, "Mail:Host is empty")]
    [InlineData("Smtp", "mail.example.com", "me", false, 587, "Mail:StartTls is off")]
    [InlineData("Smtp", "mail.example.com", "me", true, 70000, "Mail:Port is 70000")]
    [InlineData("Smtp", "localhost", "me", false, 25, null)]
    [InlineData("Folder", "", "", true, 587, null)]
    public void Validate_Mail_SaysWhatToDo(string transport, string host, string user, bool startTls, int port, string? expected) =>
        Expect(expected, Validator("Production").Validate(null, new MailOptions { Transport = transport, Host = host, User = user, StartTls = startTls, Port = port }).FailureMessage);

    [Theory]
    [InlineData("", null)]
    [InlineData("whsec_0123456789abcdef", null)]
    [InlineData("sk_live_0123456789abcdef", "Stripe:WebhookSecret is no signing secret. Set it to the whole whsec_")]
    [InlineData("whsec_short", "Stripe:WebhookSecret is no signing secret")]
    [InlineData("whsec_0123456789 abcdef", "Stripe:WebhookSecret is no signing secret")]
    public void Validate_Stripe_SaysWhatToDoAndNotTheSecret(string secret, string? expected)
    {
        var message = Validator("Production").Validate(null, new StripeOptions { WebhookSecret = secret }).FailureMessage;

        Expect(expected, message);
        Assert.True(message is null || !message.Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sk_live_0123456789", "whsec_0123456789abcdef", null)]
    [InlineData("sk_live_0123456789", "", "Stripe:SecretKey is set and Stripe:WebhookSecret is not")]
    [InlineData("pk_live_0123456789", "whsec_0123456789abcdef", "Stripe:SecretKey is no secret key")]
    public void Validate_StripeKey_NeedsTheWebhookToo(string key, string secret, string? expected)
    {
        var message = Validator("Production").Validate(null, new StripeOptions { SecretKey = key, WebhookSecret = secret }).FailureMessage;

        Expect(expected, message);
        Assert.DoesNotContain(key, message ?? "", StringComparison.Ordinal);
    }

    private static void Expect(string? expected, string? message)
    {
        if (expected is null)
        {
            Assert.Null(message);
        }
        else
        {
            Assert.Contains(expected, message, StringComparison.Ordinal);
        }
    }

    private static ValidatePortalOptions Validator(string environment) => new(new HostNamed(environment));

    private sealed class HostNamed(string environment) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = environment;

        public string ApplicationName { get; set; } = "PartnerPortal";

        public string ContentRootPath { get; set; } = "/";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
