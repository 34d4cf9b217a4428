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

            migrationBuilder.CreateIndex(
                name: "IX_Reassignments_ClosesPartnerId",
                table: "Reassignments",
                column: "ClosesPartnerId");

            migrationBuilder.AddForeignKey(
                name: "FK_Reassignments_Accounts_ClosesPartnerId",
                table: "Reassignments",
                column: "ClosesPartnerId",
                principalTable: "Accounts",
                principalColumn: "Id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_Reassignments_Accounts_ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.DropIndex(
                name: "IX_Reassignments_ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.DropColumn(
                name: "ClosesPartnerId",
                table: "Reassignments");

            migrationBuilder.DropColumn(
                name: "ToNobody",
                table: "Reassignments");
        }
    }
}
