using Microsoft.EntityFrameworkCore;
using PartnerPortal.Data;
using PartnerPortal.Features.Payouts;

namespace PartnerPortal.Features.Journeys.Reassigning;

/// <summary>One chosen client as things stand.</summary>
/// <param name="PartnerId">Its partner now; null for none.</param>
/// <param name="Verdict">A name of <see cref="ReassignRefusal"/>; null when it can be moved.</param>
internal sealed record Judged(long ItemId, long ClientId, long? PartnerId, string? Verdict);

/// <summary>A first-level line of the present partner that is not paid.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Fate">A name of <see cref="LineFate"/>.</param>
internal sealed record JudgedLine(long ItemId, long ClientId, long PurchaseId, long PartnerId, string Currency, long Amount, string Fate);

/// <summary>Says what would be done with each client and each line, by one statement for all of them. The preview and what is done both ask here.</summary>
internal static class ReassignJudgement
{
    /// <param name="db">Composable: what is asked more goes into the same statement.</param>
    /// <param name="of">Whose clients; those that wait.</param>
    /// <param name="userId">Who decides.</param>
    /// <param name="first">The least id of an item.</param>
    /// <param name="last">The greatest.</param>
    public static IQueryable<Judged> Of(PortalDbContext db, Reassignment of, long? userId, long first = 0, long last = long.MaxValue) =>
        db.Database.SqlQueryRaw<Judged>(Clients, of.Id, of.PartnerId ?? 0, userId ?? 0, first, last, of.ClosesPartnerId ?? 0);

    /// <inheritdoc cref="Of"/>
    public static IQueryable<JudgedLine> LinesOf(PortalDbContext db, Reassignment of, long? userId, long first = 0, long last = long.MaxValue) =>
        db.Database.SqlQueryRaw<JudgedLine>(Lines, of.Id, of.PartnerId ?? 0, userId ?? 0, first, last, of.ClosesPartnerId ?? 0);

    private const string Clients = """
        SELECT i."Id" AS "ItemId", i."ClientId", a."PartnerId", CASE WHEN c."State" = 'Closed' THEN 'Closed' WHEN {5} <> 0 AND (a."PartnerId" IS NULL OR a."PartnerId" <> {5}) THEN 'NotItsClient'
          WHEN i."ClientId" = {1} AND {5} = 0 THEN 'TargetItself'
          WHEN a."PartnerId" = {1} THEN 'AlreadyThere'
          WHEN EXISTS (SELECT 1 FROM "Members" m WHERE m."UserId" = {2} AND (m."AccountId" = i."ClientId" OR m."AccountId" = a."PartnerId")) THEN 'OwnAccount' END AS "Verdict"
        FROM "ReassignedClients" i JOIN "Accounts" c ON c."Id" = i."ClientId" LEFT JOIN "Attributions" a ON a."ClientId" = i."ClientId" AND a."EndedAt" IS NULL
        WHERE i."ReassignmentId" = {0} AND i."State" = 'Waiting' AND i."Id" BETWEEN {3} AND {4}
        """;

    private static readonly string Lines = $$"""
        SELECT j."ItemId", l."ClientId", l."PurchaseId", l."PartnerId", l."Currency", l."Granted" - l."Reversed" AS "Amount", {{LineFates.Sql("l", "{1}")}} AS "Fate"
        FROM ({{Clients}}) j JOIN "CommissionLines" l ON l."PartnerId" = j."PartnerId" AND l."ClientId" = j."ClientId"
        WHERE j."Verdict" IS NULL AND j."ClientId" <> {1} AND l."Level" = 1 AND l."Granted" > l."Reversed" AND l."Paid" < l."Granted" - l."Reversed"
        """;
}
