using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Reassignments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "ReassignUndoDays",
                table: "ProgramSettings",
                type: "integer",
                nullable: false,
                defaultValue: 7);

            migrationBuilder.AddColumn<DateTime>(
                name: "HoldsUntil",
                table: "Attributions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "InsteadPartnerId",
                table: "Attributions",
                type: "bigint",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "UndoneAt",
                table: "Attributions",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CommissionMoves",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    PurchaseId = table.Column<long>(type: "bigint", nullable: false),
                    ClientId = table.Column<long>(type: "bigint", nullable: false),
                    FromPartnerId = table.Column<long>(type: "bigint", nullable: false),
                    ToPartnerId = table.Column<long>(type: "bigint", nullable: false),
                    ReassignmentId = table.Column<long>(type: "bigint", nullable: false),
                    HeldUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CommissionMoves", x => x.Id);
                    table.CheckConstraint("CK_CommissionMoves_PartnerIsAnother", "\"FromPartnerId\" <> \"ToPartnerId\"");
                    table.ForeignKey(
                        name: "FK_CommissionMoves_Accounts_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CommissionMoves_Accounts_FromPartnerId",
                        column: x => x.FromPartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CommissionMoves_Accounts_ToPartnerId",
                        column: x => x.ToPartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CommissionMoves_Purchases_PurchaseId",
                        column: x => x.PurchaseId,
                        principalTable: "Purchases",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Reassignments",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Clients = table.Column<int>(type: "integer", nullable: false),
                    PartnerId = table.Column<long>(type: "bigint", nullable: true),
                    Lines = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    StartsAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    CreatedByUserId = table.Column<long>(type: "bigint", nullable: true),
                    CreatedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    DecidedByUserId = table.Column<long>(type: "bigint", nullable: true),
                    DecidedByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    StartedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    DoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoUntil = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneByUserId = table.Column<long>(type: "bigint", nullable: true),
                    UndoneByName = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    UndoReason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Reassignments", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Reassignments_Accounts_PartnerId",
                        column: x => x.PartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ReassignedClients",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ReassignmentId = table.Column<long>(type: "bigint", nullable: false),
                    ClientId = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Refusal = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: true),
                    FromPartnerId = table.Column<long>(type: "bigint", nullable: true),
                    FromAttributionId = table.Column<long>(type: "bigint", nullable: true),
                    AttributionId = table.Column<long>(type: "bigint", nullable: true),
                    MadeSponsor = table.Column<bool>(type: "boolean", nullable: false),
                    MovedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReassignedClients", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReassignedClients_Accounts_ClientId",
                        column: x => x.ClientId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReassignedClients_Accounts_FromPartnerId",
                        column: x => x.FromPartnerId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReassignedClients_Attributions_AttributionId",
                        column: x => x.AttributionId,
                        principalTable: "Attributions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReassignedClients_Attributions_FromAttributionId",
                        column: x => x.FromAttributionId,
                        principalTable: "Attributions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ReassignedClients_Reassignments_ReassignmentId",
                        column: x => x.ReassignmentId,
                        principalTable: "Reassignments",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionMoves_ClientId",
                table: "CommissionMoves",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionMoves_FromPartnerId",
                table: "CommissionMoves",
                column: "FromPartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_CommissionMoves_PurchaseId_Id",
                table: "CommissionMoves",
                columns: new[] { "PurchaseId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionMoves_ReassignmentId_ClientId",
                table: "CommissionMoves",
                columns: new[] { "ReassignmentId", "ClientId" });

            migrationBuilder.CreateIndex(
                name: "IX_CommissionMoves_ToPartnerId",
                table: "CommissionMoves",
                column: "ToPartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_AttributionId",
                table: "ReassignedClients",
                column: "AttributionId");

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_ClientId",
                table: "ReassignedClients",
                column: "ClientId");

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_FromAttributionId",
                table: "ReassignedClients",
                column: "FromAttributionId");

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_FromPartnerId",
                table: "ReassignedClients",
                column: "FromPartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_ReassignmentId_ClientId",
                table: "ReassignedClients",
                columns: new[] { "ReassignmentId", "ClientId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReassignedClients_ReassignmentId_State_Id",
                table: "ReassignedClients",
                columns: new[] { "ReassignmentId", "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Reassignments_PartnerId",
                table: "Reassignments",
                column: "PartnerId");

            migrationBuilder.CreateIndex(
                name: "IX_Reassignments_State",
                table: "Reassignments",
                column: "State");

            AppendOnly.OnPostgres(migrationBuilder, "CommissionMoves");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CommissionMoves");

            migrationBuilder.DropTable(
                name: "ReassignedClients");

            migrationBuilder.DropTable(
                name: "Reassignments");

            migrationBuilder.DropColumn(
                name: "ReassignUndoDays",
                table: "ProgramSettings");

            migrationBuilder.DropColumn(
                name: "HoldsUntil",
                table: "Attributions");

            migrationBuilder.DropColumn(
                name: "InsteadPartnerId",
                table: "Attributions");

            migrationBuilder.DropColumn(
                name: "UndoneAt",
                table: "Attributions");
        }
    }
}
