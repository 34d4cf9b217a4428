using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class ApiKeys : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<string>(
                name: "Scope",
                table: "ProgramKeys",
                type: "character varying(400)",
                maxLength: 400,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(40)",
                oldMaxLength: 40);

            migrationBuilder.AddColumn<long>(
                name: "AccountId",
                table: "ProgramKeys",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ExpiresAt",
                table: "ProgramKeys",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ProductRegistrations",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ExternalId = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    BodyHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    IsVerified = table.Column<bool>(type: "boolean", nullable: false),
                    AccountId = table.Column<long>(type: "bigint", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
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

            migrationBuilder.AlterColumn<string>(
                name: "Scope",
                table: "ProgramKeys",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(400)",
                oldMaxLength: 400);
        }
    }
}
