namespace PartnerPortal.Features.Program;

/// <summary>Whose machines sign in with a key.</summary>
public enum KeyHolder
{
    /// <summary>The program's own: its shop, its billing, its product.</summary>
    Program,

    /// <summary>A partner's, which see that partner's world and post no money.</summary>
    Partner,
}

/// <summary>What a key of the program may do.</summary>
public static class ProgramScopes
{
    /// <summary>Post purchases and refunds.</summary>
    public const string PurchasesWrite = "purchases:write";

    /// <summary>Read purchases and their refunds.</summary>
    public const string PurchasesRead = "purchases:read";

    /// <summary>Read partners.</summary>
    public const string PartnersRead = "partners:read";

    /// <summary>Tell of accounts made in the product, and read what became of that.</summary>
    public const string RegistrationsWrite = "registrations:write";

    /// <summary>Ask whose client a visitor would be, and what a client is spared.</summary>
    public const string LookupRead = "lookup:read";

    public static IReadOnlyList<string> All { get; } = [PurchasesWrite, PurchasesRead, PartnersRead, RegistrationsWrite, LookupRead, KeyScopes.WebhooksRead, KeyScopes.WebhooksWrite];
}

/// <summary>What a partner's key may do. None of them posts money.</summary>
public static class PartnerScopes
{
    public const string ClientsRead = "clients:read";

    /// <summary>Create clients, change their note and tags.</summary>
    public const string ClientsWrite = "clients:write";

    public const string InvitationsRead = "invitations:read";

    /// <summary>Invite, and take invitations back.</summary>
    public const string InvitationsWrite = "invitations:write";

    /// <summary>Read attributions with their receipts.</summary>
    public const string AttributionsRead = "attributions:read";

    /// <summary>Read balances and the lines that made them.</summary>
    public const string WalletRead = "wallet:read";

    public static IReadOnlyList<string> All { get; } =
    [
        ClientsRead, ClientsWrite, InvitationsRead, InvitationsWrite, AttributionsRead, WalletRead, KeyScopes.WebhooksRead, KeyScopes.WebhooksWrite,
    ];
}

/// <summary>The scopes of each kind of key. Those of webhooks are of both: a key of the program means the program's endpoints, a partner's that partner's.</summary>
public static class KeyScopes
{
    /// <summary>Read endpoints and their logs, with the bodies that were sent.</summary>
    public const string WebhooksRead = "webhooks:read";

    /// <summary>Add, change and delete endpoints, give them new secrets, send tests and send again.</summary>
    public const string WebhooksWrite = "webhooks:write";

    public static IReadOnlyList<string> Of(KeyHolder holder) => holder switch
    {
        KeyHolder.Program => ProgramScopes.All,
        KeyHolder.Partner => PartnerScopes.All,
    };
}
