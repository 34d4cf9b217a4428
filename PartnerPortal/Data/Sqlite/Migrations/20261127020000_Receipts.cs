using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Receipts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ReceiptFacts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ReceiptId = table.Column<long>(type: "INTEGER", nullable: false),
                    TouchRule = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    ClaimId = table.Column<long>(type: "INTEGER", nullable: true),
                    ReassignmentId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceiptFacts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReceiptFacts_Receipts_ReceiptId",
                        column: x => x.ReceiptId,
                        principalTable: "Receipts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SponsorChanges",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    FromSponsorId = table.Column<long>(type: "INTEGER", nullable: true),
                    ToSponsorId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    DecidedByUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    CountsFrom = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UndoUntil = table.Column<DateTime>(type: "TEXT", nullable: true),
                    UndoesId = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SponsorChanges", x => x.Id);
                    table.CheckConstraint("CK_SponsorChanges_SponsorIsAnother", "\"ToSponsorId\" <> \"AccountId\"");
                    table.ForeignKey(
                        name: "FK_SponsorChanges_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SponsorChanges_Accounts_FromSponsorId",
                        column: x => x.FromSponsorId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SponsorChanges_Accounts_ToSponsorId",
                        column: x => x.ToSponsorId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_SponsorChanges_SponsorChanges_UndoesId",
                        column: x => x.UndoesId,
                        principalTable: "SponsorChanges",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ReceiptFacts_ReceiptId",
                table: "ReceiptFacts",
                column: "ReceiptId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SponsorChanges_AccountId_Id",
                table: "SponsorChanges",
                columns: new[] { "AccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_SponsorChanges_CountsFrom",
                table: "SponsorChanges",
                column: "CountsFrom");

            migrationBuilder.CreateIndex(
                name: "IX_SponsorChanges_FromSponsorId",
                table: "SponsorChanges",
                column: "FromSponsorId");

            migrationBuilder.CreateIndex(
                name: "IX_SponsorChanges_ToSponsorId",
                table: "SponsorChanges",
                column: "ToSponsorId");

            migrationBuilder.CreateIndex(
                name: "IX_SponsorChanges_UndoesId",
                table: "SponsorChanges",
                column: "UndoesId",
                unique: true);

            AppendOnly.OnSqlite(migrationBuilder, "ReceiptFacts");
            AppendOnly.OnSqlite(migrationBuilder, "SponsorChanges");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReceiptFacts");

            migrationBuilder.DropTable(
                name: "SponsorChanges");
        }
    }
}
