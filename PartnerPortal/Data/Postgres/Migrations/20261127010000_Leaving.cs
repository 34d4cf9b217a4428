using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Leaving : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "CoolingOffDays",
                table: "ProgramSettings",
                type: "integer",
                nullable: false,
                defaultValue: 14);

            migrationBuilder.AddColumn<string>(
                name: "HiddenSections",
                table: "ProgramSettings",
                type: "character varying(120)",
                maxLength: 120,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "Leaving",
                table: "ProgramSettings",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "Allowed");

            // Until now one rule was for both.
            migrationBuilder.Sql("UPDATE \"ProgramSettings\" SET \"Leaving\" = \"Switching\";");

            migrationBuilder.AddColumn<DateTime>(
                name: "UndoUntil",
                table: "Attributions",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // The version before does not know that somebody came back.
            migrationBuilder.Sql("UPDATE \"Attributions\" SET \"CameBy\" = 'Joined' WHERE \"CameBy\" = 'Returned';");
            migrationBuilder.Sql("UPDATE \"Attributions\" SET \"EndedBecause\" = 'Left' WHERE \"EndedBecause\" = 'TakenBack';");
            migrationBuilder.Sql("UPDATE \"ClientRecords\" SET \"CameBy\" = 'Joined' WHERE \"CameBy\" = 'Returned';");
            migrationBuilder.Sql("UPDATE \"ClientEvents\" SET \"Kind\" = 'Joined' WHERE \"Kind\" = 'Returned';");

            migrationBuilder.DropColumn(
                name: "CoolingOffDays",
                table: "ProgramSettings");

            migrationBuilder.DropColumn(
                name: "HiddenSections",
                table: "ProgramSettings");

            migrationBuilder.DropColumn(
                name: "Leaving",
                table: "ProgramSettings");

            migrationBuilder.DropColumn(
                name: "UndoUntil",
                table: "Attributions");
        }
    }
}
