using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
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
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidUntil",
                table: "Purchases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Paid",
                table: "CommissionLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidAt",
                table: "CommissionLines",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "PaidUntil",
                table: "ClientRecords",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ClientMoneyTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Purchases = table.Column<int>(type: "INTEGER", nullable: false),
                    Earned = table.Column<long>(type: "INTEGER", nullable: false)
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

            PaidLineTriggers.OnSqlite(migrationBuilder);
            ClientMoneyTriggers.OnSqlite(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            ClientMoneyTriggers.Drop(migrationBuilder, isSqlite: true);
            PaidLineTriggers.BackOnSqlite(migrationBuilder);

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

            migrationBuilder.Sql("ALTER TABLE \"StripePayments\" DROP COLUMN \"PaidUntil\";");

            migrationBuilder.Sql("ALTER TABLE \"Purchases\" DROP COLUMN \"PaidUntil\";");

            migrationBuilder.Sql("ALTER TABLE \"CommissionLines\" DROP COLUMN \"Paid\";");

            migrationBuilder.Sql("ALTER TABLE \"CommissionLines\" DROP COLUMN \"PaidAt\";");

            migrationBuilder.Sql("ALTER TABLE \"ClientRecords\" DROP COLUMN \"PaidUntil\";");

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
