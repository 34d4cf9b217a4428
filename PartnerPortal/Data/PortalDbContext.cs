using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Identity;

namespace PartnerPortal.Data;

/// <summary>The whole model. Each database has a derived context, only so that each has its own migrations.</summary>
public abstract class PortalDbContext(DbContextOptions options) : IdentityDbContext<PortalUser, PortalRole, long>(options)
{
    public DbSet<Account> Accounts => Set<Account>();

    public DbSet<Member> Members => Set<Member>();

    public DbSet<MemberInvitation> MemberInvitations => Set<MemberInvitation>();

    public DbSet<OneTimeCredential> OneTimeCredentials => Set<OneTimeCredential>();
    public DbSet<UserSession> UserSessions => Set<UserSession>();

    public DbSet<SetupToken> SetupTokens => Set<SetupToken>();

    public DbSet<UserPreference> UserPreferences => Set<UserPreference>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<ProgramSettings> ProgramSettings => Set<ProgramSettings>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<PartnerGroup> PartnerGroups => Set<PartnerGroup>();

    public DbSet<Attribution> Attributions => Set<Attribution>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<JoinRefusal> JoinRefusals => Set<JoinRefusal>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<PendingReferral> PendingReferrals => Set<PendingReferral>();

    public DbSet<VisitCount> VisitCounts => Set<VisitCount>();

    public DbSet<ClientRecord> ClientRecords => Set<ClientRecord>();

    public DbSet<ClientTag> ClientTags => Set<ClientTag>();

    public DbSet<ClientEvent> ClientEvents => Set<ClientEvent>();

    public DbSet<OutboxMessage> OutboxMessages => Set<OutboxMessage>();

    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(PortalDbContext).Assembly);
        builder.Entity<DataProtectionKeyRow>().ToTable("DataProtectionKeys");
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }
}

/// <summary>One key of the data protection system, shared by all nodes.</summary>
public sealed class DataProtectionKeyRow
{
    public long Id { get; set; }

    public string FriendlyName { get; set; } = "";

    public string Xml { get; set; } = "";
}
