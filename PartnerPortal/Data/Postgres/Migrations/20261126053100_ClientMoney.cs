using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ClientMoney : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Purchases_PartnerId",
                table: "Purchases");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines");

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidUntil",
                table: "StripePayments",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidUntil",
                table: "Purchases",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Paid",
                table: "CommissionLines",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidAt",
                table: "CommissionLines",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidUntil",
                table: "ClientRecords",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClientMoneyTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "bigint", nullable: false),
                    ClientId = table.Column<long>(type: "bigint", nullable: false),
                    Currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    Purchases = table.Column<int>(type: "integer", nullable: false),
                    Earned = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientMoneyTallies", x => new { x.PartnerId, x.ClientId, x.Currency });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Purchases_PartnerId_ClientId_PaidUntil",
                table: "Purchases",
                columns: new[] { "PartnerId", "ClientId", "PaidUntil" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL AND \"Paid\" < \"Granted\" - \"Reversed\"");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StatePaid",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL AND \"Paid\" >= \"Granted\" - \"Reversed\"");

            migrationBuilder.CreateIndex(
                name: "IX_ClientRecords_PartnerId_PaidUntil_Id",
                table: "ClientRecords",
                columns: new[] { "PartnerId", "PaidUntil", "Id" });

            PaidLineTriggers.OnPostgres(migrationBuilder);
            ClientMoneyTriggers.OnPostgres(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            ClientMoneyTriggers.Drop(migrationBuilder, isSqlite: false);
            PaidLineTriggers.BackOnPostgres(migrationBuilder);

            migrationBuilder.DropTable(
                name: "ClientMoneyTallies");

            migrationBuilder.DropIndex(
                name: "IX_Purchases_PartnerId_ClientId_PaidUntil",
                table: "Purchases");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StatePaid",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_ClientRecords_PartnerId_PaidUntil_Id",
                table: "ClientRecords");

            migrationBuilder.DropColumn(
                name: "PaidUntil",
                table: "StripePayments");

            migrationBuilder.DropColumn(
                name: "PaidUntil",
                table: "Purchases");

            migrationBuilder.DropColumn(
                name: "Paid",
                table: "CommissionLines");

            migrationBuilder.DropColumn(
                name: "PaidAt",
                table: "CommissionLines");

            migrationBuilder.DropColumn(
                name: "PaidUntil",
                table: "ClientRecords");

            migrationBuilder.CreateIndex(
                name: "IX_Purchases_PartnerId",
                table: "Purchases",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL");
        }
    }
}
