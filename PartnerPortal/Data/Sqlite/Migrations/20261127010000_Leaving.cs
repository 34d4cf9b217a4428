using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PartnerPortal.Data.Sqlite.Migrations
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 14);

            migrationBuilder.AddColumn<string>(
                name: "HiddenSections",
                table: "ProgramSettings",
                type: "TEXT",
                maxLength: 120,
                nullable: false,
                defaultValue: "None");

            migrationBuilder.AddColumn<string>(
                name: "Leaving",
                table: "ProgramSettings",
                type: "TEXT",
                maxLength: 32,
                nullable: false,
                defaultValue: "Allowed");

            // Until now one rule was for both.
            migrationBuilder.Sql("UPDATE \"ProgramSettings\" SET \"Leaving\" = \"Switching\";");

            migrationBuilder.AddColumn<DateTime>(
                name: "UndoUntil",
                table: "Attributions",
                type: "TEXT",
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

            // EF would build the tables anew by the model of the migration before, which does not know columns that were added beside it.
            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"CoolingOffDays\";");
            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"HiddenSections\";");
            migrationBuilder.Sql("ALTER TABLE \"ProgramSettings\" DROP COLUMN \"Leaving\";");
            migrationBuilder.Sql("ALTER TABLE \"Attributions\" DROP COLUMN \"UndoUntil\";");
        }
    }
}
