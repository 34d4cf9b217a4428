using Microsoft.EntityFrameworkCore.Migrations;

namespace PartnerPortal.Data.Postgres.Migrations;

/// <summary>Purchases that one statement inserts are counted together. Written by hand: the model does not know triggers.</summary>
public partial class PurchaseTallies : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => PurchaseTallyTriggers.OnPostgres(migrationBuilder);

    protected override void Down(MigrationBuilder migrationBuilder) => PurchaseTallyTriggers.BackOnPostgres(migrationBuilder);
}
