using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ReceiptId = table.Column<long>(type: "bigint", nullable: false),
                    TouchRule = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    ClaimId = table.Column<long>(type: "bigint", nullable: true),
                    ReassignmentId = table.Column<long>(type: "bigint", nullable: true)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    FromSponsorId = table.Column<long>(type: "bigint", nullable: true),
                    ToSponsorId = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    DecidedByUserId = table.Column<long>(type: "bigint", nullable: true),
                    DecidedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CountsFrom = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    UndoUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoesId = table.Column<long>(type: "bigint", nullable: true)
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

            AppendOnly.OnPostgres(migrationBuilder, "ReceiptFacts");
            AppendOnly.OnPostgres(migrationBuilder, "SponsorChanges");
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
