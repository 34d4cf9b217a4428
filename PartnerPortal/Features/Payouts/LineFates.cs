namespace PartnerPortal.Features.Payouts;

/// <summary>What moving a client means for a first-level line that is not paid.</summary>
public enum LineFate
{
    /// <summary>Can go to another partner.</summary>
    Moves,

    /// <summary>Stays: some of it was paid.</summary>
    PartlyPaid,

    /// <summary>Stays: it is on its way to the bank.</summary>
    InPayout,

    /// <summary>Stays: the other partner earns by the same purchase at another level, and has one line of a purchase.</summary>
    OtherLevel,
}

/// <summary>Reads from the books whether a line's money can move. Where many lines are asked about it is part of the one statement that reads them.</summary>
internal static class LineFates
{
    /// <param name="line">The alias of "CommissionLines".</param>
    /// <param name="partner">The parameter with the other partner's account.</param>
    /// <returns>An expression of SQL, a name of <see cref="LineFate"/>.</returns>
    /// <remarks>
    /// A payout takes all that is available and also what came back from those that failed: while one is open, every line of which entries were ever claimed is in it. Without one, what was claimed and
    /// not paid came back. The caller holds the old partner's payout lock when it is about to move.
    /// </remarks>
    public static string Sql(string line, string partner) => $"""
        CASE WHEN {line}."Paid" <> 0 THEN 'PartlyPaid'
          WHEN {line}."ReleasedAt" IS NOT NULL AND EXISTS (SELECT 1 FROM "Payouts" o WHERE o."AccountId" = {line}."PartnerId" AND o."Currency" = {line}."Currency" AND o."State" IN ('Requested', 'Approved', 'Exported'))
            AND 0 <> (SELECT coalesce(sum(e."Amount"), 0) FROM "LedgerTransactions" t JOIN "LedgerEntries" e ON e."TransactionId" = t."Id" JOIN "LedgerClaims" k ON k."Id" = e."Id"
              WHERE t."PurchaseId" = {line}."PurchaseId" AND e."OwnerId" = {line}."PartnerId") THEN 'InPayout'
          WHEN EXISTS (SELECT 1 FROM "CommissionLines" x WHERE x."PurchaseId" = {line}."PurchaseId" AND x."PartnerId" = {partner} AND x."Reason" NOT IN ('Superseded', 'MovedAway')) THEN 'OtherLevel'
          ELSE 'Moves' END
        """;
}
