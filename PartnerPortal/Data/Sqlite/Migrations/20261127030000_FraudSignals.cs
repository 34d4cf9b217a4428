using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class FraudSignals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Source",
                table: "UserSessions",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<long>(
                name: "ClosesPartnerId",
                table: "Reassignments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ToNobody",
                table: "Reassignments",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "FlagBurstCount",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.AddColumn<int>(
                name: "FlagBurstHours",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 24);

            migrationBuilder.AddColumn<int>(
                name: "FlagDomainCount",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 5);

            migrationBuilder.AddColumn<int>(
                name: "FlagRefundCount",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 2);

            migrationBuilder.AddColumn<int>(
                name: "FlagRefundDays",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 14);

            migrationBuilder.AddColumn<int>(
                name: "FlagUnseenCount",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 20);

            migrationBuilder.AddColumn<int>(
                name: "FlagUnseenDays",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 14);

            migrationBuilder.CreateTable(
                name: "ReviewFlags",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false),
                    RaisedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DecidedByUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReviewFlags", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReviewFlags_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SourceKeys",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false),
                    Sealed = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SourceKeys", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FlaggedClients",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    FlagId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: false),
                    Matches = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FlaggedClients", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FlaggedClients_Accounts_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FlaggedClients_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FlaggedClients_ReviewFlags_FlagId",
                        column: x => x.FlagId,
                        principalTable: "ReviewFlags",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VoidedPurchases",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    PurchaseId = table.Column<long>(type: "INTEGER", nullable: false),
                    FlagId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VoidedPurchases", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VoidedPurchases_Purchases_PurchaseId",
                        column: x => x.PurchaseId,
                        principalTable: "Purchases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VoidedPurchases_ReviewFlags_FlagId",
                        column: x => x.FlagId,
                        principalTable: "ReviewFlags",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UserSessions_CreatedAt",
                table: "UserSessions",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Reassignments_ClosesPartnerId",
                table: "Reassignments",
                column: "ClosesPartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_FlaggedClients_ClientId_PartnerId_State",
                table: "FlaggedClients",
                columns: new[] { "ClientId", "PartnerId", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_FlaggedClients_FlagId_ClientId",
                table: "FlaggedClients",
                columns: new[] { "FlagId", "ClientId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FlaggedClients_PartnerId_Kind",
                table: "FlaggedClients",
                columns: new[] { "PartnerId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_FlaggedClients_State",
                table: "FlaggedClients",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_ReviewFlags_PartnerId_Kind_State",
                table: "ReviewFlags",
                columns: new[] { "PartnerId", "Kind", "State" });

            migrationBuilder.CreateIndex(
                name: "IX_ReviewFlags_State_Id",
                table: "ReviewFlags",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "UX_ReviewFlags_Open",
                table: "ReviewFlags",
                columns: new[] { "PartnerId", "Kind" },
                unique: true,
                filter: "\"State\" = 'Open' AND \"Kind\" <> 'SelfReferral'");

            migrationBuilder.CreateIndex(
                name: "IX_VoidedPurchases_FlagId",
                table: "VoidedPurchases",
                column: "FlagId");

            migrationBuilder.CreateIndex(
                name: "IX_VoidedPurchases_PurchaseId",
                table: "VoidedPurchases",
                column: "PurchaseId",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_Reassignments_Accounts_ClosesPartnerId",
                table: "Reassignments",
                column: "ClosesPartnerId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);

            AppendOnly.OnSqlite(migrationBuilder, "VoidedPurchases");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Reassignments_Accounts_ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.DropTable(
                name: "FlaggedClients");

            migrationBuilder.DropTable(
                name: "SourceKeys");

            migrationBuilder.DropTable(
                name: "VoidedPurchases");

            migrationBuilder.DropTable(
                name: "ReviewFlags");

            migrationBuilder.DropIndex(
                name: "IX_UserSessions_CreatedAt",
                table: "UserSessions");

            migrationBuilder.DropIndex(
                name: "IX_Reassignments_ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.Sql("ALTER TABLE \"UserSessions\" DROP COLUMN \"Source\";");

            migrationBuilder.DropColumn(
                name: "ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.DropColumn(
                name: "ToNobody",
                table: "Reassignments");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagBurstCount\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagBurstHours\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagDomainCount\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagRefundCount\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagRefundDays\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagUnseenCount\";");

            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"FlagUnseenDays\";");
        }
    }
}
