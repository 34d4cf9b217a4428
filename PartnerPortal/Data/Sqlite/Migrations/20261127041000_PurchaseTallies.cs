using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Sqlite.Migrations;

/// <summary>Nothing to do here: SQLite has triggers by row only.</summary>
[DbContext(typeof(SqlitePortalDbContext))]
[Migration("20261127041000_PurchaseTallies")]
public sealed class PurchaseTallies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
