using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AccessGrants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "AccessMaxDays",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 30);

            migrationBuilder.AddColumn<long>(
                name: "GrantId",
                table: "AuditEntries",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AccessGrants",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ClientId = table.Column<long>(type: "INTEGER", nullable: false),
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: true),
                    AskedByUserId = table.Column<long>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    AskedScopes = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    AskedDays = table.Column<int>(type: "INTEGER", nullable: false),
                    Scopes = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    Days = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AnsweredByUserId = table.Column<long>(type: "INTEGER", nullable: true),
                    Answer = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    EndsAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ClosedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessGrants", x => x.Id);
                    table.CheckConstraint("CK_AccessGrants_PartnerIsAnother", "\"ClientId\" <> \"PartnerId\"");
                    table.ForeignKey(
                        name: "FK_AccessGrants_Accounts_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessGrants_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AccessSessions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    GrantId = table.Column<long>(type: "INTEGER", nullable: false),
                    UserId = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessSessions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AccessSessions_AccessGrants_GrantId",
                        column: x => x.GrantId,
                        principalTable: "AccessGrants",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_AccessSessions_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_Diary",
                table: "AuditEntries",
                columns: new[] { "AccountId", "Id" },
                filter: "\"GrantId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEntries_GrantId_Id",
                table: "AuditEntries",
                columns: new[] { "GrantId", "Id" },
                filter: "\"GrantId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AccessGrants_ClientId_Id",
                table: "AccessGrants",
                columns: new[] { "ClientId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_AccessGrants_PartnerId",
                table: "AccessGrants",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessGrants_State",
                table: "AccessGrants",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "UX_AccessGrants_Open",
                table: "AccessGrants",
                columns: new[] { "ClientId", "PartnerId", "State" },
                unique: true,
                filter: "\"State\" IN ('Asked', 'Running')");

            migrationBuilder.CreateIndex(
                name: "IX_AccessSessions_GrantId",
                table: "AccessSessions",
                column: "GrantId");

            migrationBuilder.CreateIndex(
                name: "IX_AccessSessions_UserId",
                table: "AccessSessions",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccessSessions");

            migrationBuilder.DropTable(
                name: "AccessGrants");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_Diary",
                table: "AuditEntries");

            migrationBuilder.DropIndex(
                name: "IX_AuditEntries_GrantId_Id",
                table: "AuditEntries");

            migrationBuilder.DropColumn(
                name: "AccessMaxDays",
                table: "ProgramSettings");

            migrationBuilder.DropColumn(
                name: "GrantId",
                table: "AuditEntries");
        }
    }
}
