using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using PartnerPortal.Email;
using PartnerPortal.Features.AccessGrants;
using PartnerPortal.Features.Accounts;
using PartnerPortal.Features.Attributions;
using PartnerPortal.Features.Audit;
using PartnerPortal.Features.Automations;
using PartnerPortal.Features.Automations.Templates;
using PartnerPortal.Features.Claims;
using PartnerPortal.Features.Clients;
using PartnerPortal.Features.Commissions;
using PartnerPortal.Features.Events;
using PartnerPortal.Features.Journeys.Products;
using PartnerPortal.Features.Journeys.Reassigning;
using PartnerPortal.Features.Ledger;
using PartnerPortal.Features.Notifications;
using PartnerPortal.Features.Orders;
using PartnerPortal.Features.Partners;
using PartnerPortal.Features.Payouts;
using PartnerPortal.Features.Program;
using PartnerPortal.Features.Purchases;
using PartnerPortal.Features.Purchases.Stripe;
using PartnerPortal.Features.Referrals;
using PartnerPortal.Features.Tasks;
using PartnerPortal.Features.Webhooks;
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

    public DbSet<EventCursor> EventCursors => Set<EventCursor>();

    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<NotificationDigest> NotificationDigests => Set<NotificationDigest>();

    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();

    public DbSet<MailTemplate> MailTemplates => Set<MailTemplate>();

    public DbSet<Automation> Automations => Set<Automation>();

    public DbSet<AutomationVersion> AutomationVersions => Set<AutomationVersion>();

    public DbSet<AutomationRun> AutomationRuns => Set<AutomationRun>();

    public DbSet<AutomationRunStep> AutomationRunSteps => Set<AutomationRunStep>();

    public DbSet<ProgramSettings> ProgramSettings => Set<ProgramSettings>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<PartnerGroup> PartnerGroups => Set<PartnerGroup>();

    public DbSet<Attribution> Attributions => Set<Attribution>();

    public DbSet<Receipt> Receipts => Set<Receipt>();

    public DbSet<SponsorChange> SponsorChanges => Set<SponsorChange>();

    public DbSet<Consent> Consents => Set<Consent>();

    public DbSet<JoinRefusal> JoinRefusals => Set<JoinRefusal>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<PendingReferral> PendingReferrals => Set<PendingReferral>();

    public DbSet<InvitationOptOut> InvitationOptOuts => Set<InvitationOptOut>();

    public DbSet<InvitationDay> InvitationDays => Set<InvitationDay>();

    public DbSet<VisitCount> VisitCounts => Set<VisitCount>();

    public DbSet<AccessGrant> AccessGrants => Set<AccessGrant>();

    public DbSet<AccessSession> AccessSessions => Set<AccessSession>();

    public DbSet<ClientClaim> ClientClaims => Set<ClientClaim>();

    public DbSet<ClaimFile> ClaimFiles => Set<ClaimFile>();

    public DbSet<ClientRecord> ClientRecords => Set<ClientRecord>();

    public DbSet<ClientTag> ClientTags => Set<ClientTag>();

    public DbSet<ClientEvent> ClientEvents => Set<ClientEvent>();

    public DbSet<ClientTally> ClientTallies => Set<ClientTally>();

    public DbSet<ClientTagTally> ClientTagTallies => Set<ClientTagTally>();

    public DbSet<PartnerStanding> PartnerStandings => Set<PartnerStanding>();

    public DbSet<LedgerTransaction> LedgerTransactions => Set<LedgerTransaction>();

    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();

    public DbSet<WalletTally> WalletTallies => Set<WalletTally>();

    public DbSet<ClientMoneyTally> ClientMoneyTallies => Set<ClientMoneyTally>();

    public DbSet<EarningTally> EarningTallies => Set<EarningTally>();

    public DbSet<AgreementAcceptance> AgreementAcceptances => Set<AgreementAcceptance>();

    public DbSet<Credit> Credits => Set<Credit>();

    public DbSet<CreditBudget> CreditBudgets => Set<CreditBudget>();

    public DbSet<LedgerClaim> LedgerClaims => Set<LedgerClaim>();

    public DbSet<TodoTask> TodoTasks => Set<TodoTask>();

    public DbSet<ReviewFlag> ReviewFlags => Set<ReviewFlag>();

    public DbSet<FlaggedClient> FlaggedClients => Set<FlaggedClient>();

    public DbSet<VoidedPurchase> VoidedPurchases => Set<VoidedPurchase>();

    public DbSet<SourceKey> SourceKeys => Set<SourceKey>();

    public DbSet<Payout> Payouts => Set<Payout>();

    public DbSet<PayoutBatch> PayoutBatches => Set<PayoutBatch>();

    public DbSet<Payee> Payees => Set<Payee>();

    public DbSet<PayoutSettings> PayoutSettings => Set<PayoutSettings>();

    public DbSet<CommissionPlan> CommissionPlans => Set<CommissionPlan>();

    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();

    public DbSet<PlanAssignment> PlanAssignments => Set<PlanAssignment>();

    public DbSet<Purchase> Purchases => Set<Purchase>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<CommissionLine> CommissionLines => Set<CommissionLine>();

    public DbSet<CommissionMove> CommissionMoves => Set<CommissionMove>();

    public DbSet<Reassignment> Reassignments => Set<Reassignment>();

    public DbSet<ReassignedClient> ReassignedClients => Set<ReassignedClient>();

    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();

    public DbSet<Plan> Plans => Set<Plan>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<InvoiceSeries> InvoiceSeries => Set<InvoiceSeries>();

    public DbSet<StripePayment> StripePayments => Set<StripePayment>();

    public DbSet<StripeInvoice> StripeInvoices => Set<StripeInvoice>();

    public DbSet<StripeTakeBack> StripeTakeBacks => Set<StripeTakeBack>();

    public DbSet<StripeCustomer> StripeCustomers => Set<StripeCustomer>();

    public DbSet<ProgramKey> ProgramKeys => Set<ProgramKey>();

    public DbSet<ProductRegistration> ProductRegistrations => Set<ProductRegistration>();

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
