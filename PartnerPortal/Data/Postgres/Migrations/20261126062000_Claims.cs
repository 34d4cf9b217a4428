using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
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
                type: "integer",
                nullable: false,
                defaultValue: 7);

            migrationBuilder.CreateTable(
                name: "ClientClaims",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClaimantId = table.Column<long>(type: "bigint", nullable: false),
                    FiledByUserId = table.Column<long>(type: "bigint", nullable: false),
                    Naming = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Named = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Words = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    FiledAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReviewAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    LookedUpAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    ClientId = table.Column<long>(type: "bigint", nullable: true),
                    OtherId = table.Column<long>(type: "bigint", nullable: true),
                    ToldAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AnswerDueAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    Answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    EarlierAnswer = table.Column<string>(type: "text", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    AnsweredByUserId = table.Column<long>(type: "bigint", nullable: true),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    DecidedByUserId = table.Column<long>(type: "bigint", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    FilesDeletedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClaimId = table.Column<long>(type: "bigint", nullable: false),
                    Side = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    AccountId = table.Column<long>(type: "bigint", nullable: false),
                    Name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    ContentType = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Size = table.Column<int>(type: "integer", nullable: false),
                    Content = table.Column<byte[]>(type: "bytea", nullable: false),
                    AddedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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

            migrationBuilder.DropColumn(
                name: "ClaimAnswerDays",
                table: "ProgramSettings");
        }
    }
}
