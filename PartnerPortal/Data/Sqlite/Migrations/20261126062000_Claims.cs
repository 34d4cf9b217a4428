using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Claims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ClaimAnswerDays",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 7);

            migrationBuilder.CreateTable(
                name: "ClientClaims",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClaimantId = table.Column<long>(type: "INTEGER", nullable: false),
                    FiledByUserId = table.Column<long>(type: "INTEGER", nullable: false),
                    Naming = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Named = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    Words = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    FiledAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReviewAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    LookedUpAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: true),
                    OtherId = table.Column<long>(type: "INTEGER", nullable: true),
                    ToldAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnswerDueAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 4000, nullable: false),
                    EarlierAnswer = table.Column<string>(type: "TEXT", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnsweredByUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    DecidedByUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    FilesDeletedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClientClaims", x => x.Id);
                    table.CheckConstraint("CK_ClientClaims_OtherIsAnother", "\"ClaimantId\" <> \"OtherId\"");
                    table.ForeignKey(
                        name: "FK_ClientClaims_Accounts_ClaimantId",
                        column: x => x.ClaimantId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClientClaims_Accounts_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClientClaims_Accounts_OtherId",
                        column: x => x.OtherId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ClaimFiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClaimId = table.Column<long>(type: "INTEGER", nullable: false),
                    Side = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 120, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    Content = table.Column<byte[]>(type: "BLOB", nullable: false),
                    AddedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClaimFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ClaimFiles_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ClaimFiles_ClientClaims_ClaimId",
                        column: x => x.ClaimId,
                        principalTable: "ClientClaims",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClaimFiles_AccountId",
                table: "ClaimFiles",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_ClaimFiles_ClaimId",
                table: "ClaimFiles",
                column: "ClaimId");

            migrationBuilder.CreateIndex(
                name: "IX_ClientClaims_ClaimantId_Id",
                table: "ClientClaims",
                columns: new[] { "ClaimantId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ClientClaims_ClientId",
                table: "ClientClaims",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_ClientClaims_OtherId_Id",
                table: "ClientClaims",
                columns: new[] { "OtherId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ClientClaims_State_Id",
                table: "ClientClaims",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "UX_ClientClaims_OpenClient",
                table: "ClientClaims",
                columns: new[] { "ClaimantId", "ClientId" },
                unique: true,
                filter: "\"State\" IN ('Filed', 'UnderReview')");

            migrationBuilder.CreateIndex(
                name: "UX_ClientClaims_OpenName",
                table: "ClientClaims",
                columns: new[] { "ClaimantId", "Named" },
                unique: true,
                filter: "\"State\" IN ('Filed', 'UnderReview')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ClaimFiles");

            migrationBuilder.DropTable(
                name: "ClientClaims");

            // EF would build the table anew by the model of the migration before, which does not know columns that were added beside it.
            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"ClaimAnswerDays\";");
        }
    }
}
