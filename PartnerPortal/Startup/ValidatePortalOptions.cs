using Microsoft.Extensions.Options;
using PartnerPortal.Features.Purchases.Stripe;

namespace PartnerPortal.Startup;

/// <summary>Wrong settings stop the start, each with one sentence that says what to do.</summary>
public sealed class ValidatePortalOptions(IHostEnvironment environment)
    : IValidateOptions<DatabaseOptions>, IValidateOptions<PortalOptions>, IValidateOptions<MailOptions>, IValidateOptions<SignInOptions>, IValidateOptions<StripeOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options) => Check(
        (!options.IsPostgres && !string.Equals(options.Provider, "Sqlite", StringComparison.OrdinalIgnoreCase),
            $"Database:Provider is '{options.Provider}'. Set it to Sqlite or Postgres."),
        (options.IsPostgres && options.ConnectionString.Length == 0,
            "Database:Provider is Postgres, but Database:ConnectionString is empty. Set it to the connection string of the database."),
        (!options.IsPostgres && options.ConnectionString.Length == 0 && options.File.Length == 0,
            "Database:File is empty. Set it to the path of the SQLite file."));

    public ValidateOptionsResult Validate(string? name, PortalOptions options) => Check(
        (options.PublicUrl.Length > 0 && !IsHttp(options.PublicUrl),
            $"Portal:PublicUrl is '{options.PublicUrl}'. Set it to the address people open, such as https://partners.example.com."),
        (options.PublicUrl.Length == 0 && environment.IsProduction(),
            "Portal:PublicUrl is empty. Set it to the address people open, such as https://partners.example.com; links in mail are made from it."),
        (options.Demo && !environment.IsDevelopment(),
            "Portal:Demo is on outside Development. The demo's passwords are public; remove the setting."));

    public ValidateOptionsResult Validate(string? name, MailOptions options) => Check(
        (options.Transport.Length == 0,
            "Mail:Transport is not set. Set it to Smtp (with Mail:Host) or, to write mail as files, to Folder."),
        (options.Transport.Length > 0 && !options.IsSmtp && !options.IsFolder,
            $"Mail:Transport is '{options.Transport}'. Set it to Smtp or Folder."),
        (options.IsSmtp && options.Host.Length == 0,
            "Mail:Transport is Smtp, but Mail:Host is empty. Set it to the name of the mail server."),
        (options.IsFolder && options.Folder.Length == 0,
            "Mail:Transport is Folder, but Mail:Folder is empty. Set it to a folder the portal may write to."),
        (options.IsSmtp && options.User.Length > 0 && !options.StartTls && !IsLoopback(options.Host),
            "Mail:User is set and Mail:StartTls is off. A password is not sent in clear to another machine; turn Mail:StartTls on."),
        (options.Port is < 1 or > 65535, $"Mail:Port is {options.Port}. Set it to a port between 1 and 65535; 587 is usual."),
        (options.WebhookSecret.Length is > 0 and < 16 || options.WebhookSecret.Any(char.IsWhiteSpace),
            "Mail:WebhookSecret is too short or has spaces. Set it to 16 characters or more that nobody guesses, or leave it out."),
        (options.TimeoutSeconds is < 1 or > 300, $"Mail:TimeoutSeconds is {options.TimeoutSeconds}. Set it to 1 to 300."));

    public ValidateOptionsResult Validate(string? name, SignInOptions options) => Check(
        [.. options.All.SelectMany(p => new[]
        {
            (p.Provider.ClientId.Length > 0 != p.Provider.ClientSecret.Length > 0,
                $"SignIn:{p.Name} has only one of ClientId and ClientSecret. Set both, as {p.Name} gave them out, or neither."),
            (p.Provider.ClientId.Length > 0 && !new[] { p.Provider.AuthorizationEndpoint, p.Provider.TokenEndpoint, p.Provider.UserInformationEndpoint }.All(IsHttp),
                $"One of the endpoints of SignIn:{p.Name} is no address. Leave them out, or set whole addresses beginning with https://."),
        })]);

    /// <summary>The secrets themselves are never written.</summary>
    public ValidateOptionsResult Validate(string? name, StripeOptions options) => Check(
        (options.TakesCards && !options.SecretKey.StartsWith("sk_", StringComparison.Ordinal) && !options.SecretKey.StartsWith("rk_", StringComparison.Ordinal),
            "Stripe:SecretKey is no secret key. Set it to one that begins with sk_ or rk_, or remove it to take transfers alone."),
        (options.TakesCards && options.WebhookSecret.Length == 0,
            "Stripe:SecretKey is set and Stripe:WebhookSecret is not, so nobody would tell the portal that a card was charged. Set the whsec_… of the endpoint /webhooks/stripe too, or remove the key."),
        (options.TakesCards && (!IsHttp(options.ApiAddress) || !IsHttp(options.CheckoutAddress)),
            "Stripe:ApiAddress or Stripe:CheckoutAddress is no address. Leave them out, or set whole addresses beginning with https://."),
        (options.TakesCards && environment.IsProduction() && !options.ApiAddress.StartsWith("https://", StringComparison.Ordinal),
            "Stripe:ApiAddress does not begin with https://. The secret key is not sent in clear."),
        (options.WebhookSecret.Length > 0 && (!options.WebhookSecret.StartsWith("whsec_", StringComparison.Ordinal) || options.WebhookSecret.Length < 20 || options.WebhookSecret.Any(char.IsWhiteSpace)),
            "Stripe:WebhookSecret is no signing secret. Set it to the whole whsec_… that Stripe shows for the endpoint /webhooks/stripe, or leave it out."));

    private static bool IsHttp(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0;

    private static bool IsLoopback(string host) =>
        host is "localhost" || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));

    private static ValidateOptionsResult Check(params ReadOnlySpan<(bool Wrong, string Sentence)> rules)
    {
        foreach (var (wrong, sentence) in rules)
        {
            if (wrong)
            {
                return ValidateOptionsResult.Fail(sentence);
            }
        }

        return ValidateOptionsResult.Success;
    }
}
