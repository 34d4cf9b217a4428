using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class WalletTallies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_PartnerId_Id",
                table: "CommissionLines");

            migrationBuilder.AddColumn<long>(
                name: "ClientId",
                table: "CommissionLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<int>(
                name: "Month",
                table: "CommissionLines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "AgreementAcceptances",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    PlanVersionId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgreementAcceptances", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgreementAcceptances_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AgreementAcceptances_PlanVersions_PlanVersionId",
                        column: x => x.PlanVersionId,
                        principalTable: "PlanVersions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "EarningTallies",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    Net = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarningTallies", x => new { x.PartnerId, x.Currency, x.Month, x.State, x.Slot });
                });

            migrationBuilder.CreateTable(
                name: "WalletTallies",
                columns: table => new
                {
                    OwnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Account = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    Slot = table.Column<int>(type: "INTEGER", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WalletTallies", x => new { x.OwnerId, x.Currency, x.Account, x.Month, x.Slot });
                });

            migrationBuilder.CreateIndex(
                name: "IX_LedgerTransactions_At",
                table: "LedgerTransactions",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_OwnerId_Currency_TransactionId",
                table: "LedgerEntries",
                columns: new[] { "OwnerId", "Currency", "TransactionId" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_NextRelease",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "HeldUntil" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_PartnerId_ClientId_Id",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "ClientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Id",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Level_Id",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Level", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Month_Id",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Month", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateHeld",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > \"Reversed\" AND \"ReleasedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateNothing",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" = 0");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_StateTakenBack",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Currency", "Id" },
                filter: "\"Granted\" > 0 AND \"Granted\" = \"Reversed\"");

            migrationBuilder.CreateIndex(
                name: "IX_AgreementAcceptances_AccountId_PlanVersionId",
                table: "AgreementAcceptances",
                columns: new[] { "AccountId", "PlanVersionId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AgreementAcceptances_PlanVersionId",
                table: "AgreementAcceptances",
                column: "PlanVersionId");

            AppendOnly.OnSqlite(migrationBuilder, "AgreementAcceptances");
            WalletTriggers.OnSqlite(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER "TR_LedgerEntries_Tally"; DROP TRIGGER "TR_CommissionLines_TallyInsert"; DROP TRIGGER "TR_CommissionLines_TallyUpdate"; DROP TRIGGER "TR_CommissionLines_TallyDelete";
                """);

            migrationBuilder.DropTable(
                name: "AgreementAcceptances");

            migrationBuilder.DropTable(
                name: "EarningTallies");

            migrationBuilder.DropTable(
                name: "WalletTallies");

            migrationBuilder.DropIndex(
                name: "IX_LedgerTransactions_At",
                table: "LedgerTransactions");

            migrationBuilder.DropIndex(
                name: "IX_LedgerEntries_OwnerId_Currency_TransactionId",
                table: "LedgerEntries");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateAvailable",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateHeld",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateNothing",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_StateTakenBack",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_NextRelease",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_PartnerId_ClientId_Id",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Id",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Level_Id",
                table: "CommissionLines");

            migrationBuilder.DropIndex(
                name: "IX_CommissionLines_PartnerId_Currency_Month_Id",
                table: "CommissionLines");

            migrationBuilder.DropColumn(
                name: "ClientId",
                table: "CommissionLines");

            migrationBuilder.DropColumn(
                name: "Month",
                table: "CommissionLines");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionLines_PartnerId_Id",
                table: "CommissionLines",
                columns: new[] { "PartnerId", "Id" });
        }
    }
}
