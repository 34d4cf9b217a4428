using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class InvitationTracking : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "InvitationsPerDay",
                table: "ProgramSettings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 500);

            migrationBuilder.AddColumn<string>(
                name: "UnsubscribeUrl",
                table: "OutboxMessages",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "BouncedAt",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "DeliveredAt",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RegisteredAt",
                table: "Invitations",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "InvitationDays",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    Day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvitationDays", x => new { x.PartnerId, x.Day });
                    table.ForeignKey(
                        name: "FK_InvitationDays_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "InvitationOptOuts",
                columns: table => new
                {
                    PartnerId = table.Column<long>(type: "INTEGER", nullable: false),
                    AddressHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InvitationOptOuts", x => new { x.PartnerId, x.AddressHash });
                    table.ForeignKey(
                        name: "FK_InvitationOptOuts_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_OutboxMessages_MessageId",
                table: "OutboxMessages",
                column: "MessageId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InvitationDays");

            migrationBuilder.DropTable(
                name: "InvitationOptOuts");

            migrationBuilder.DropIndex(
                name: "IX_OutboxMessages_MessageId",
                table: "OutboxMessages");

            migrationBuilder.DropColumn(
                name: "InvitationsPerDay",
                table: "ProgramSettings");

            // Not by a copy of the table: clients' lines point to invitations.
            migrationBuilder.Sql("ALTER TABLE \"OutboxMessages\" DROP COLUMN \"UnsubscribeUrl\";");

            migrationBuilder.Sql("ALTER TABLE \"Invitations\" DROP COLUMN \"BouncedAt\";");

            migrationBuilder.Sql("ALTER TABLE \"Invitations\" DROP COLUMN \"DeliveredAt\";");

            migrationBuilder.Sql("ALTER TABLE \"Invitations\" DROP COLUMN \"RegisteredAt\";");
        }
    }
}
