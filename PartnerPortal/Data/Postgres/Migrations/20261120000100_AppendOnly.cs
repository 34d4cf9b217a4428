using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Postgres.Migrations;

/// <summary>The audit log is never updated or deleted; nor is a receipt. Written by hand: the model does not know triggers.</summary>
[DbContext(typeof(PostgresPortalDbContext))]
[Migration("20261120000100_AppendOnly")]
public sealed class AppendOnlyTables : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        AppendOnly.OnPostgres(migrationBuilder, "AuditEntries");
        AppendOnly.OnPostgres(migrationBuilder, "Receipts");
    }
}
