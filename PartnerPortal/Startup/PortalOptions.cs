using System.ComponentModel.DataAnnotations;

namespace PartnerPortal.Startup;

/// <summary>Section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Section = "Database";

    /// <summary><c>Sqlite</c> or <c>Postgres</c>.</summary>
    public string Provider { get; set; } = "Sqlite";

    /// <summary>For SQLite a path may stand in <see cref="File"/> instead.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The SQLite file, relative to the content root.</summary>
    public string File { get; set; } = "App_Data/portal.db";

    public bool IsPostgres => string.Equals(Provider, "Postgres", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Section <c>Portal</c>.</summary>
public sealed class PortalOptions
{
    public const string Section = "Portal";

    /// <summary>The address people reach the portal at, for links in mail and QR codes: "https://partners.example.test". Empty in Development means the address the server listens on.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Seed the demo program into an empty database. Only in Development.</summary>
    public bool Demo { get; set; }

    /// <summary>The workers that send mail, create accounts and let invitations lapse run in this process.</summary>
    public bool RunWorkers { get; set; } = true;
}

/// <summary>Section <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary><c>Smtp</c> or <c>Folder</c>. There is no default outside Development.</summary>
    public string Transport { get; set; } = "";

    /// <summary>Where the folder transport writes <c>.eml</c> files, relative to the content root.</summary>
    public string Folder { get; set; } = "App_Data/mail";

    public string Host { get; set; } = "";

    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>STARTTLS. Only a server on this machine may do without.</summary>
    public bool StartTls { get; set; } = true;

    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Seconds until an attempt is given up.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <summary>What the mail provider shows, or signs with, at <c>/webhooks/mail</c>. Empty: the address is not there.</summary>
    public string WebhookSecret { get; set; } = "";

    public bool IsFolder => string.Equals(Transport, "Folder", StringComparison.OrdinalIgnoreCase);

    public bool IsSmtp => string.Equals(Transport, "Smtp", StringComparison.OrdinalIgnoreCase);
}
