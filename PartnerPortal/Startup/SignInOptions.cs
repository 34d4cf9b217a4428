namespace PartnerPortal.Startup;

/// <summary>Section <c>SignIn</c>: the providers that people may sign in with besides their password.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    public SignInProvider Google { get; set; } = new()
    {
        AuthorizationEndpoint = "https://accounts.google.com/o/oauth2/v2/auth",
        TokenEndpoint = "https://oauth2.googleapis.com/token",
        UserInformationEndpoint = "https://openidconnect.googleapis.com/v1/userinfo",
    };

    /// <summary>Its answers never say that an address is verified, so a confirmation mail follows.</summary>
    public SignInProvider Microsoft { get; set; } = new()
    {
        AuthorizationEndpoint = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
        TokenEndpoint = "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        UserInformationEndpoint = "https://graph.microsoft.com/oidc/userinfo",
    };

    /// <summary>By the name that is shown.</summary>
    public IEnumerable<(string Name, SignInProvider Provider)> All => [(nameof(Google), Google), (nameof(Microsoft), Microsoft)];

    public IEnumerable<(string Name, SignInProvider Provider)> Configured => All.Where(p => p.Provider.ClientId.Length > 0);
}

/// <summary>One provider; without a client id it is not offered. The addresses have their public values and are set only for a tenant or a cloud of one's own.</summary>
public sealed class SignInProvider
{
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string AuthorizationEndpoint { get; set; } = "";

    public string TokenEndpoint { get; set; } = "";

    public string UserInformationEndpoint { get; set; } = "";
}
