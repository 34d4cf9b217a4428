using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Sqlite.Migrations;

/// <summary>Nothing to do here: SQLite has triggers by row only.</summary>
public partial class PurchaseTallies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
