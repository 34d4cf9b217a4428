using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ApiKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "AccountId",
                table: "ProgramKeys",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ExpiresAt",
                table: "ProgramKeys",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ProductRegistrations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    BodyHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    IsVerified = table.Column<bool>(type: "INTEGER", nullable: false),
                    AccountId = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductRegistrations", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ProductRegistrations_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ProgramKeys_AccountId",
                table: "ProgramKeys",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_ProductRegistrations_AccountId",
                table: "ProductRegistrations",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_ProductRegistrations_ExternalId",
                table: "ProductRegistrations",
                column: "ExternalId",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_ProgramKeys_Accounts_AccountId",
                table: "ProgramKeys",
                column: "AccountId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // Before, every key was the program's and posted purchases: what others may do must not become that.
            migrationBuilder.Sql("DELETE FROM \"ProgramKeys\" WHERE \"AccountId\" IS NOT NULL OR \"Scope\" <> 'purchases:write';");

            migrationBuilder.DropForeignKey(
                name: "FK_ProgramKeys_Accounts_AccountId",
                table: "ProgramKeys");

            migrationBuilder.DropTable(
                name: "ProductRegistrations");

            migrationBuilder.DropIndex(
                name: "IX_ProgramKeys_AccountId",
                table: "ProgramKeys");

            migrationBuilder.DropColumn(
                name: "AccountId",
                table: "ProgramKeys");

            migrationBuilder.DropColumn(
                name: "ExpiresAt",
                table: "ProgramKeys");
        }
    }
}
